const CLOSED = new WeakSet<object>();

/**
 * Refuses what the class does not list, instead of dropping it. For the queries of lists: a mistyped filter must not
 * list everything. Not for bodies of the documented dialects, whose clients may send more (behaviour C-02).
 */
export const KnownItemsOnly = (): ClassDecorator => (dto) => void CLOSED.add(dto);

export const takesKnownItemsOnly = (dto: object): boolean => CLOSED.has(dto);
