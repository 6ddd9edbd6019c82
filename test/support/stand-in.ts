/**
 * Stands in for a collaborator of which a test needs only a part. Unlike with a cast through `unknown`, that part is
 * type-checked.
 */
export const standIn = <T>(part: Partial<T>): T => part as T;
