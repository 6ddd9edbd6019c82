/** How a session begins, or whose it becomes. `vtex`: in the VTEX dialect. */
export type LoginKind = 'anonymous' | 'vtex' | 'customer';

/** As `decideRefresh` decides. */
export type RefreshOutcome = 'rotated' | 'resumed' | 'repeated' | 'worn-out' | 'reused' | 'unknown';

/** Counts what happens to sessions. `observability/`, which can't be imported here, implements it. */
export abstract class SessionMeter {
  abstract login(tenant: string, kind: LoginKind): void;

  abstract refresh(outcome: RefreshOutcome): void;
}
