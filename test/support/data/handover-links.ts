import type { Test } from 'supertest';
import { expect } from 'vitest';
import { type HttpUser, Visitor } from '../people/http-user.js';
import { recordSecrets } from '../records/run-records.js';
import type { Shop } from '../shop.js';

export const MAKE = '/session-context/acme/me/handover';
export const REDEEM = '/session-context/acme/handover/redeem';

/** Guests of `acme` who make links, and those who open them. */
export class HandoverLinks {
  constructor(private readonly shop: Shop) {}

  /** Returns a guest with a cart. */
  async shopper(): Promise<Visitor> {
    const visitor = await this.shop.visitor();
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    return visitor;
  }

  /** Returns the token in a new link. */
  async of(who: HttpUser): Promise<string> {
    const { body } = await who.post(MAKE).expect(201);
    const token = new URL(body.url).hash.replace('#handover=', '');
    recordSecrets(token);
    return token;
  }

  redeem(token: string, path = REDEEM, client = 'acme-storefront'): Test {
    return this.shop.http.post(path, { token, client_id: client });
  }

  /** Returns the other device. */
  async desktopOf(token: string): Promise<Visitor> {
    const { body } = await this.redeem(token).expect(200);
    return new Visitor(this.shop.url, 'acme', 'acme-storefront', body);
  }

  /** Expects that the link opens nothing. */
  async expectDead(token: string): Promise<void> {
    const { body } = await this.redeem(token).expect(401);
    expect(body.fault.detail.errorcode).toBe('handover.DeadLink');
  }
}
