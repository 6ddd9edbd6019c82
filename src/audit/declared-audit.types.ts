/** What a route writes into the audit log. */
export interface DeclaredAudit {
  /** Such as `session.read`. */
  readonly action: string;
  /** Kind of target that the route reads or changes. Default: the part of the action before the dot. */
  readonly target?: string;
  /** The parameter of the path that identifies it. */
  readonly param?: string;
  /** The field of the body that identifies it, where the path does not. */
  readonly field?: string;
  /** True for a route that changes nothing although its method is not GET. */
  readonly reads?: boolean;
  /** Whether the route is for agents only. */
  readonly byAgent?: boolean;
  /** Erases the target, so that the line must not identify it. */
  readonly erases?: boolean;
}
