import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Something that only one record may hold: an e-mail address, the slot of an open cart. A writer first stores its id
 * in the claim, then writes its record: one document each, so no transaction is needed.
 */
export interface Claim {
  holder(): Promise<string | undefined>;

  /** @returns false when anybody has it, `by` excepted */
  take(by: string): Promise<boolean>;

  /** @returns false when `from` does not have it any more */
  takeOver(from: string, by: string): Promise<boolean>;
}

/**
 * What the record of a holder says: it has what was claimed; it no longer has it; it exists and may be about to take
 * it; it does not exist and may be about to be made.
 */
export type Standing = 'has' | 'left' | 'moving' | 'making';

export interface Holders {
  standingOf(holder: string): Promise<Standing>;

  /** From now on this record can't be made. @returns false when it is there: it was made in the meantime */
  prevent(holder: string): Promise<boolean>;
}

/** Longer than a live writer needs between its claim and its record. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 20;

/**
 * Waits for holders that are under way, so that a refused caller finds a record there. A record that never
 * appears was lost in a crash: its creation is prevented and its claim taken over, so that a holder that was
 * only slow is refused, and there are never two.
 * @returns false when another record has it
 */
export async function takeClaim(claim: Claim, by: string, holders: Holders): Promise<boolean> {
  let waitedFor: string | undefined;
  let since = 0;
  for (;;) {
    if (await claim.take(by)) return true;
    const holder = await claim.holder();
    if (holder === undefined) continue;
    const standing = await holders.standingOf(holder);
    if (standing === 'has') return false;
    if (standing !== 'left') {
      if (holder !== waitedFor) [waitedFor, since] = [holder, performance.now()];
      if (performance.now() - since < PATIENCE_MS) {
        await sleep(PAUSE_MS * (0.5 + Math.random()));
        continue;
      }
      if (standing === 'making' && !(await holders.prevent(holder))) continue;
    }
    if (await claim.takeOver(holder, by)) return true;
  }
}
