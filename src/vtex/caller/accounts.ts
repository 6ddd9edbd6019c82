import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { Config } from '../../config/config.schema.js';
import { askedHostname } from '../../http/own-origin.rules.js';
import { Clock } from '../../shared/clock.js';
import { TenantService, type VtexTenantSettings } from '../../tenant/index.js';
import { UnknownAccount } from '../vtex.errors.js';
import { accountsNamed } from './account.rules.js';

export interface Account {
  readonly tenant: string;
  readonly settings: VtexTenantSettings;
}

/** Milliseconds; as long as tenants are cached. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_NAMES = 1_000;

/** Finds the account that a request is for (D-19). */
@Injectable()
export class Accounts {
  /**
   * When host names that are no account, such as `portal`, were last looked up, so that not every request does it
   * again.
   */
  private readonly absent = new LRUCache<string, number>({ max: REMEMBERED_NAMES });

  constructor(
    private readonly tenants: TenantService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** @throws UnknownAccount */
  async of({ headers, query }: Pick<FastifyRequest, 'headers' | 'query'>): Promise<Account> {
    const [first, second] = accountsNamed(askedHostname({ headers }), query, this.config);
    const account =
      first === undefined || (second !== undefined && this.isAbsent(first))
        ? undefined
        : await this.find(first);
    const found = account ?? (second === undefined ? undefined : await this.find(second));
    if (!found) throw new UnknownAccount();
    return found;
  }

  private async find(tenant: string): Promise<Account | undefined> {
    const settings = await this.tenants.vtexSettings(tenant);
    if (settings) return { tenant, settings };
    this.absent.set(tenant, this.clock.now().getTime());
    return undefined;
  }

  private isAbsent(name: string): boolean {
    const lookedUpAt = this.absent.get(name);
    return lookedUpAt !== undefined && Math.abs(this.clock.now().getTime() - lookedUpAt) < REMEMBERED_MS;
  }
}
