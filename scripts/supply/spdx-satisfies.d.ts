/** The published types are those of version 0.1, which took a single licence. */
declare module 'spdx-satisfies' {
  export default function satisfies(expression: string, allowed: readonly string[]): boolean;
}
