import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The first answer waits until no request has joined for this many parts. It waits in short parts, so that a stall of
 * the process counts as one.
 */
const QUIET_PARTS = 5;
const MOST_PARTS = 100;
const PART_MS = 5;

interface UnderWay<U> {
  readonly use: Promise<U>;
  joined: number;
}

/**
 * Lets requests that arrive before the first answer share the first use of a token, as when tabs of one browser refresh
 * at the same moment. The server reads such requests one after the other, so the first answer waits until no more
 * arrive.
 */
export class FirstUses<U> {
  private readonly underWay = new Map<string, UnderWay<U>>();

  constructor(private readonly isFirst: (use: U) => boolean) {}

  async share(key: string, use: () => Promise<U>): Promise<U> {
    const first = this.underWay.get(key);
    if (!first) return this.begin(key, use());
    first.joined += 1;
    const used = await first.use.catch(() => undefined);
    return used !== undefined && this.isFirst(used) ? used : use();
  }

  private async begin(key: string, use: Promise<U>): Promise<U> {
    const entry = { use, joined: 0 };
    this.underWay.set(key, entry);
    try {
      const used = await use;
      if (this.isFirst(used)) await untilQuiet(entry);
      return used;
    } finally {
      this.underWay.delete(key);
    }
  }
}

async function untilQuiet(entry: Readonly<UnderWay<unknown>>): Promise<void> {
  let quiet = 0;
  for (let part = 0; part < MOST_PARTS && quiet < QUIET_PARTS; part += 1) {
    const { joined } = entry;
    await sleep(PART_MS);
    quiet = entry.joined === joined ? quiet + 1 : 0;
  }
}
