import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SeenCookie } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import type { App } from '../transforms/app.types.js';
import { isDeclared } from '../transforms/parameters.rules.js';
import { CookieProofs } from './cookie-proofs.js';

/** The cookies of a request as far as an app watches them. */
export interface CookieInputs {
  /** By `cookie.<name>`. */
  readonly values: ReadonlyMap<string, string>;
  /** `cookie.<name>` of those that came, went or are others than before. */
  readonly changed: readonly string[];
  readonly seen: ReadonlyMap<string, SeenCookie>;
}

@Injectable()
export class CookieReader {
  constructor(
    private readonly proofs: CookieProofs,
    private readonly clock: Clock,
  ) {}

  /**
   * @param complete whether a cookie that did not come is gone (M-40); a server that calls for a shopper may send
   *   none at all, which says nothing of them
   */
  async read(
    tenant: string,
    apps: readonly App[],
    cookies: ReadonlyMap<string, string>,
    before: ReadonlyMap<string, SeenCookie>,
    complete: boolean,
  ): Promise<CookieInputs> {
    const watched = [...cookies].filter(([name]) =>
      apps.some((app) => isDeclared(app.inputs, `cookie.${name}`)),
    );
    if (watched.length === 0 && !complete && this.allGood(before)) {
      return { values: new Map(), changed: [], seen: before };
    }
    const seen = new Map<string, SeenCookie>();
    for (const [name, value] of watched) {
      const cookie = await this.seenCookie(tenant, name, value);
      if (cookie) seen.set(name, cookie);
    }
    const names = [...new Set([...before.keys(), ...seen.keys()])];
    const changed = names.filter((name) => before.get(name)?.hash !== seen.get(name)?.hash);
    const values = watched.filter(([name]) => seen.has(name));
    return {
      values: new Map(values.map(([name, value]) => [`cookie.${name}`, value])),
      changed: changed.map((name) => `cookie.${name}`),
      seen,
    };
  }

  /** An authentication cookie that proves nothing is as good as none (M-39). */
  private async seenCookie(tenant: string, name: string, value: string): Promise<SeenCookie | undefined> {
    const hash = createHash('sha256').update(value).digest('base64url');
    if (!this.proofs.isAuthentication(name)) return { hash };
    const proof = await this.proofs.verify(tenant, name, value);
    if (!proof) return undefined;
    return { hash, endsAt: proof.endsAt, ...(proof.kind === 'admin' && { admin: proof.admin }) };
  }

  private allGood(before: ReadonlyMap<string, SeenCookie>): boolean {
    const now = this.clock.now();
    return [...before.values()].every(({ endsAt }) => !endsAt || endsAt > now);
  }
}
