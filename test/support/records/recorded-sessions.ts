import { OtherSessions } from '../../../src/customer/credentials/other-sessions.js';
import type { KeptTokens } from '../../../src/customer/customer.types.js';

/** Remembers whose sessions it was asked to end. */
export class RecordedSessions extends OtherSessions {
  readonly ended: unknown[] = [];
  override async endAllBut(...call: [string, string, KeptTokens?]): Promise<void> {
    this.ended.push(call);
  }
  override async endAllOfBlocked(...call: [string, string]): Promise<void> {
    this.ended.push(call);
  }
}
