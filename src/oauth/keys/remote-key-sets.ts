import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { request } from 'undici';
import { z } from 'zod';
import { checkedAgent, refusePrivate } from '../../http/upstream/checked-agent.js';
import { TargetAddresses } from '../../http/upstream/target-addresses.js';
import { Clock } from '../../shared/clock.js';

/** How long a withdrawn key may still be accepted. */
const FRESH_MS = 600_000;

/** The shortest time between two fetches of one set, whatever callers send and whether the first one failed. */
const COOLDOWN_MS = 10_000;

const TIMEOUT_MS = 3_000;

/** A key set takes a few kilobytes. */
const MOST_BYTES = 65_536;

const MOST_SETS = 1_000;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

/** What is known of one address. Times are by the monotonic clock. */
interface Known {
  keys?: JWTVerifyGetKey;
  fetchedAt: number;
  triedAt: number;
  pending?: Promise<void> | undefined;
}

/** The keys that clients publish themselves. They choose the addresses, so only public ones are connected to. */
@Injectable()
export class RemoteKeySets implements OnApplicationShutdown {
  private readonly log = new Logger(RemoteKeySets.name);
  private readonly agent = checkedAgent(this.addresses);
  private readonly sets = new LRUCache<string, Known>({ max: MOST_SETS });

  constructor(
    private readonly addresses: TargetAddresses,
    private readonly clock: Clock,
  ) {}

  /** Returns what finds the key of a JWT. It throws if the set has no such key, or can't be fetched. */
  at(uri: string): JWTVerifyGetKey {
    return async (header, token) => {
      const known = this.knownAt(uri);
      if (this.clock.monotonic() - known.fetchedAt >= FRESH_MS) await this.fetch(uri, known);
      try {
        return await keyIn(known, header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || !(await this.fetch(uri, known))) throw error;
        return keyIn(known, header, token);
      }
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private knownAt(uri: string): Known {
    const known = this.sets.get(uri) ?? { fetchedAt: -Infinity, triedAt: -Infinity };
    this.sets.set(uri, known);
    return known;
  }

  /** All who ask at once share one fetch. @returns false if the last fetch was only just */
  private async fetch(uri: string, known: Known): Promise<boolean> {
    if (!known.pending && this.clock.monotonic() - known.triedAt < COOLDOWN_MS) return false;
    known.pending ??= this.fetched(uri, known).finally(() => (known.pending = undefined));
    await known.pending;
    return true;
  }

  private async fetched(uri: string, known: Known): Promise<void> {
    known.triedAt = this.clock.monotonic();
    if (known.triedAt - known.fetchedAt >= FRESH_MS) delete known.keys;
    try {
      const { keys } = keySet.parse(JSON.parse(await this.read(uri)));
      known.keys = createLocalJWKSet({ keys });
      known.fetchedAt = known.triedAt;
    } catch (error) {
      this.log.warn({ uri, reason: String(error) }, 'the keys of a client could not be fetched');
    }
  }

  private async read(uri: string): Promise<string> {
    refusePrivate(this.addresses, uri);
    const headers = { accept: 'application/jwk-set+json, application/json', 'accept-encoding': 'identity' };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    // Redirects are not followed, because their target has not been checked.
    const { statusCode, body } = await request(uri, { dispatcher: this.agent, headers, signal });
    try {
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of body) {
        const part = Buffer.from(chunk);
        bytes += part.length;
        if (bytes > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`);
        chunks.push(part);
      }
      return Buffer.concat(chunks).toString();
    } finally {
      body.on('error', () => undefined).destroy();
    }
  }
}

/** @throws JWKSNoMatchingKey */
const keyIn = async ({ keys }: Known, ...[header, token]: Parameters<JWTVerifyGetKey>) => {
  if (!keys) throw new errors.JWKSNoMatchingKey();
  return keys(header, token);
};
