import type { AuditLine, AuditPage, AuditQuery } from './audit.types.js';

/** Stores the audit log. Lines are added, end by their time, and change only to forget a person. */
export abstract class AuditRepository {
  /** Adds lines. A line whose id exists is left as it is, so that a failed call can be repeated. */
  abstract append(lines: readonly AuditLine[]): Promise<void>;

  /** Lists the newest first. The end of a line does not matter here. */
  abstract list(tenant: string, query: AuditQuery): Promise<AuditPage>;

  /**
   * Takes these persons and sessions out of all lines that name them as target or actor, as `anonymised` does.
   * @returns the number of lines that changed
   */
  abstract anonymise(tenant: string, ids: readonly string[]): Promise<number>;
}
