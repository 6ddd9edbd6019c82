import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  canonicalScope,
  Credentials,
  type Principal,
  type ServicePrincipal,
  type ShopperPrincipal,
} from '../../auth/index.js';
import type { Cookies } from '../../http/cookies.js';
import type { Admin, SeenCookie } from '../../session/index.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import type { App } from '../values/app.types.js';
import { isDeclared, watchedBy } from '../values/parameters.rules.js';

/**
 * Cookies that carry an access token of this service. The kind of token, not the cookie's name, says whose it is
 * (F-62).
 */
const AUTHENTICATION = 'VtexIdclientAutCookie';

/** Who the caller is, as authentication cookies prove. */
export interface ProvenCallers {
  /** From the access token of a customer. */
  readonly customerId?: string;
  /** The legal entity that this customer acts for. */
  readonly legalEntityId?: string;
  /** The session of that token, which is alive. */
  readonly sessionId?: string;
  /** From the service token of an employee's tool. */
  readonly admin?: Admin;
}

/** The cookies of a request that apps watch. */
export interface CookieInputs {
  /** Values by `cookie.<name>`. */
  readonly values: ReadonlyMap<string, string>;
  /** `cookie.<name>` of the cookies that were added, removed or changed. */
  readonly changed: readonly string[];
  readonly seen: ReadonlyMap<string, SeenCookie>;
  readonly proven: ProvenCallers;
}

interface Judged {
  readonly name: string;
  /** Absent when the request did not have the cookie. */
  readonly value?: string;
  readonly cookie: SeenCookie;
  readonly principal?: Principal;
}

@Injectable()
export class CookieReader {
  constructor(private readonly credentials: Credentials) {}

  /**
   * @param complete whether a cookie that is absent was removed (M-40). A server that calls for a shopper may send no
   *   cookies at all; then the earlier ones count, as long as their tokens are valid
   */
  async read(
    tenant: string,
    apps: readonly App[],
    cookies: Cookies,
    before: ReadonlyMap<string, SeenCookie>,
    complete: boolean,
  ): Promise<CookieInputs> {
    const watched = [...cookies].filter(([name]) => isWatched(name, apps));
    const judged = await (watched.length === 0 && !complete
      ? this.judgedAgain(before)
      : this.judged(tenant, watched));
    const seen = new Map(judged.map(({ name, cookie }) => [name, cookie]));
    const names = [...new Set([...before.keys(), ...seen.keys()])];
    const changed = names.filter((name) => before.get(name)?.hash !== seen.get(name)?.hash);
    const sent = judged.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
    return {
      values: new Map(sent.map(([name, value]) => [`cookie.${name}`, value])),
      changed: changed.map((name) => `cookie.${name}`),
      seen,
      proven: provenBy(judged, tenant),
    };
  }

  /** Returns who the authentication cookies prove the caller to be, whether an app watches them or not. */
  async proven(tenant: string, cookies: Cookies): Promise<ProvenCallers> {
    const carriers = [...cookies].filter(([name]) => isAuthentication(name));
    return provenBy(await this.judged(tenant, carriers), tenant);
  }

  private async judged(
    tenant: string,
    cookies: readonly (readonly [string, readonly string[]])[],
  ): Promise<readonly Judged[]> {
    const all = cookies.map(([name, values]) => this.firstGood(tenant, name, values));
    return (await Promise.all(all)).flat();
  }

  /** Of several cookies with the same name, the first valid one counts (F-23). */
  private async firstGood(
    tenant: string,
    name: string,
    values: readonly string[],
  ): Promise<readonly Judged[]> {
    for (const value of values) {
      const judged = await this.judgedOne(tenant, name, value);
      if (judged.length > 0) return judged;
    }
    return [];
  }

  /** An empty cookie, or an authentication cookie that proves nothing, counts as absent (M-39). */
  private async judgedOne(tenant: string, name: string, value: string): Promise<readonly Judged[]> {
    if (value === '') return [];
    const digest = hash('sha256', value, 'base64url');
    if (!isAuthentication(name)) return [{ name, value, cookie: { hash: digest } }];
    if (!carriesTokenFor(name, tenant)) return [];
    return ifGood(async () => {
      const token = await this.credentials.verified(value);
      if (token.claims.tenant !== tenant) throw new Unauthenticated();
      const principal = await this.credentials.authenticate(token.claims);
      return [{ name, value, cookie: { hash: digest, token }, principal }];
    });
  }

  /** A login that has been revoked since counts as ended (F-53). */
  private async judgedAgain(before: ReadonlyMap<string, SeenCookie>): Promise<readonly Judged[]> {
    const all = [...before].map(async ([name, cookie]): Promise<readonly Judged[]> => {
      const { token } = cookie;
      if (!isAuthentication(name)) return [{ name, cookie }];
      if (!token) return [];
      return ifGood(async () => [
        { name, cookie, principal: await this.credentials.authenticateAgain(token) },
      ]);
    });
    return (await Promise.all(all)).flat();
  }
}

/** Tells whether a request brings a cookie that an app watches. */
export function bringsWatched(cookies: Cookies, apps: readonly App[]): boolean {
  for (const name of cookies.keys()) if (isWatched(name, apps)) return true;
  return false;
}

const isWatched = (name: string, apps: readonly App[]): boolean =>
  isDeclared(watchedBy(apps).cookies, `cookie.${name}`);

const isAuthentication = (name: string): boolean => name.startsWith(AUTHENTICATION);

const carriesTokenFor = (name: string, tenant: string): boolean =>
  name === AUTHENTICATION || name === `${AUTHENTICATION}_${tenant}`;

async function ifGood(judge: () => Promise<readonly Judged[]>): Promise<readonly Judged[]> {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof Unauthenticated) return [];
    throw error;
  }
}

/** If cookies prove two customers, the account's own cookie wins. */
function provenBy(judged: readonly Judged[], tenant: string): ProvenCallers {
  const own = `${AUTHENTICATION}_${tenant}`;
  const principals = judged
    .toSorted((a, b) => Number(b.name === own) - Number(a.name === own))
    .flatMap(({ principal }) => principal ?? []);
  const customer = principals.find((one): one is ShopperPrincipal => one.kind === 'customer');
  const service = principals.find((one) => one.kind === 'service');
  return {
    ...(customer?.customerId !== undefined && {
      customerId: customer.customerId,
      sessionId: customer.sessionId,
      ...(customer.legalEntityId !== undefined && { legalEntityId: customer.legalEntityId }),
    }),
    ...(service && { admin: adminOf(service) }),
  };
}

const adminOf = ({ clientId, email, scopes }: ServicePrincipal): Admin => ({
  clientId,
  ...(email !== undefined && { email }),
  scopes: scopes.map(canonicalScope),
});
