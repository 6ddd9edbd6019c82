/** Records who acted as whom, until when, and why, if a reason was given. Kept whatever becomes of the session. */
export interface Impersonation {
  readonly id: string;
  readonly tenant: string;
  readonly sessionId: string;
  readonly adminClientId: string;
  /** Absent for a client without one; `adminClientId` then says who it was. */
  readonly adminEmail?: string;
  readonly customerId: string;
  readonly customerEmail: string;
  readonly reason?: string;
  readonly begunAt: Date;
  readonly endsAt: Date;
}
