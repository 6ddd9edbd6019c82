import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StoredSessions } from '../../src/session/session.repository.js';
import type {
  Session,
  SessionContext,
  SessionKey,
  Sourced,
  VtexState,
} from '../../src/session/session.types.js';
import type { Json } from '../../src/shared/json.js';
import { aVtexState } from '../support/data/builders.js';
import { aSeenCookie } from '../support/data/seen-cookie.js';

const NOW = new Date('2026-01-15T12:00:00.123Z');
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;
const sourced = <T>(value: T): Sourced<T> => ({ value, source: 'shopper', at: after(-1) });

const aContext = (attributes: ReadonlyMap<string, Sourced<Json>> = new Map()): SessionContext => ({
  siteCode: { value: 'main', source: 'site', at: NOW },
  currency: { value: 'EUR', source: 'profile', at: NOW },
  targetLocation: { value: 'DE', source: 'login-query', at: NOW },
  language: { value: 'de', source: 'app:store', at: NOW },
  attributes,
  version: 1,
  createdAt: NOW,
  modifiedAt: NOW,
});

/** An anonymous session, alive for a minute and dormant for another. */
const aSession = (over: Partial<Session> = {}): Session => ({
  tenant: 'acme',
  sessionId: randomUUID(),
  kind: 'anonymous',
  clientId: 'acme-storefront',
  epoch: randomUUID(),
  revision: 1,
  createdAt: NOW,
  lifetime: { aliveUntil: after(60_000), goneAt: after(120_000) },
  refreshTokens: { used: [] },
  asked: {},
  ...over,
});

const aCustomers = (over: Partial<Session> = {}): Session => {
  const { lifetime: _none, ...session } = aSession({ kind: 'customer', customerId: 'anna', ...over });
  return session;
};

const aHeldState = (over: Partial<VtexState> = {}): VtexState =>
  aVtexState({ heldUntil: after(8 * 86_400_000), ...over });

const everything = (): Session =>
  aSession({
    kept: { grant: 'of the new password' },
    refreshTokens: {
      current: { hash: 'now', grant: 'of the refresh', issuedAt: after(1), expiresAt: after(86_400_001) },
      used: [{ hash: 'old', issuedAt: after(-2), expiresAt: after(2), usedAt: after(3), salt: 'salt' }],
    },
    asked: { siteCode: 'us', currency: 'USD', targetLocation: 'US', language: 'en-US' },
    legalEntityId: 'le',
    context: { ...aContext(), cartId: sourced('cart'), customerId: sourced('anna'), version: 7 },
    history: { made: 9, kept: 2, bytes: 33, lines: '{"to":"é🎉"}\n{"to":"\\u0000"}\n' },
    vtex: aHeldState({
      chosen: { siteCode: sourced('us'), language: sourced('fr') },
      failed: ['ours'],
      impersonation: { clientId: 'acme-backend', endsAt: after(5) },
      cookies: new Map([['VtexIdclientAutCookie_acme', aSeenCookie()]]),
    }),
  });

const nested = (depth: number): Json => (depth === 0 ? 'deep' : { a: [nested(depth - 2)] });

/** Values that JSON can express and a store might not. `__proto__` is an own key only if it is parsed. */
const ODD_VALUES: readonly (readonly [name: string, json: string])[] = [
  ['a key that is the prototype’s', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"x":1}}}'],
  [
    'keys like paths and operators',
    '{"a.b":{"c.d":1},"$set":{"$inc":1},"$where":"","":{"":0},"0":[],"1":{}}',
  ],
  ['half a surrogate pair', '{"\\ud83d":"\\ude00 and \\ud83d","\\uffff":"\\uffffd83d"}'],
  ['characters beyond the first plane, and none', '{"🛒":"é🎉\\u0000\\u2028"}'],
  ['numbers at their limits', '[0,-0,1e21,1e-7,-1.5,9007199254740993,1.7976931348623157e308,5e-324]'],
  ['empty things', '[{},[],"",null,[[]],[{}],{"a":{},"b":[],"c":null}]'],
  ['plain texts', '"text"'],
  ['a boolean', 'false'],
];

const ODD_NAMES = [
  'a.b',
  '.a',
  'a..b',
  '$set',
  '$',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '-1',
  'é',
  'e\u0301',
  '🛒',
  '\ud83d',
  '\ud83e',
  '\ufffd',
  '\uffff',
  '\uffffd83d',
  'a b\n',
  'A',
  'a',
  'x'.repeat(256),
];

/** What every adapter promises for sessions. One `describe` per driver calls this; see contracts.spec.ts. */
export function sessionContract(sessions: () => StoredSessions): void {
  const find = (key: SessionKey, now = NOW) => sessions().find(key, now);
  const create = (session: Session, now = NOW) => sessions().create(session, now);
  const changed = (key: SessionKey, change: (current: Session) => Session, now = NOW) =>
    sessions().change(key, now, (current) => ({ next: change(current), result: current.revision }));
  const setAttribute = (key: SessionKey, name: string, value: Json) =>
    changed(key, (current) => {
      const context = current.context ?? aContext();
      const attributes = new Map(context.attributes).set(name, sourced(value));
      return { ...current, context: { ...context, attributes, version: context.version + 1 } };
    });
  const stored = async (session: Session): Promise<Session | undefined> => {
    await create(session);
    return find(session);
  };

  describe('a session that does not exist', () => {
    it('is not found or changed, no decision is made, and removing it is not an error', async () => {
      for (const sessionId of [randomUUID(), '', '__proto__', '$ne', 'a/b', 'a\0b', 'x'.repeat(5000)]) {
        const key = { tenant: 'acme', sessionId };
        expect(await find(key)).toBeUndefined();
        expect(await sessions().change(key, NOW, () => expect.unreachable())).toBeUndefined();
        await sessions().remove(key);
      }
    });
  });

  describe('what is stored', () => {
    it('comes back as it was, with every field or with as few as possible', async () => {
      for (const session of [everything(), aSession(), aCustomers(), aSession({ context: aContext() })]) {
        expect(await stored(session)).toStrictEqual(session);
      }
    });

    it('has no field that was undefined, and does not end if its end is undefined', async () => {
      const odd = { legalEntityId: undefined, context: undefined, lifetime: undefined };
      const session = await stored({ ...aSession(), ...odd } as unknown as Session);
      expect(session).toBeDefined();
      for (const field of Object.keys(odd)) expect(Reflect.get(session ?? {}, field)).toBeUndefined();
      expect(await find(session as Session, after(10 ** 12))).toBeDefined();
    });

    it('loses a field that the next record does not have', async () => {
      const session = everything();
      await create(session);
      const { legalEntityId: _entity, context: _context, lifetime: _lifetime, ...rest } = session;
      await changed(session, () => rest);
      expect(await find(session, after(10 ** 12))).toStrictEqual({ ...rest, revision: 2 });
    });

    it.each(ODD_VALUES)('keeps %s in an attribute as they were sent [D-14, E-46]', async (_what, json) => {
      const session = aSession({ context: aContext(new Map([['odd', sourced<Json>(JSON.parse(json))]])) });
      await create(session);
      await setAttribute(session, 'again', JSON.parse(json));
      const attributes = (await find(session))?.context?.attributes;
      for (const name of ['odd', 'again']) {
        const value = attributes?.get(name)?.value;
        expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(json)));
        expect(Object.is((value as Json[])[1], -0)).toBe(json.startsWith('[0,-0'));
      }
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    });

    it('keeps 32 levels of nesting [D-14]', async () => {
      const session = aSession({ context: aContext(new Map([['deep', sourced(nested(32))]])) });
      expect(await stored(session)).toStrictEqual(session);
    });

    it('keeps attributes with any name apart, in order [D-14, P-43]', async () => {
      const session = aSession({ context: aContext() });
      await create(session);
      for (const name of ODD_NAMES) await setAttribute(session, name, `of ${name}`);
      const attributes = (await find(session))?.context?.attributes ?? new Map();
      expect([...attributes.keys()]).toStrictEqual(ODD_NAMES);
      for (const name of ODD_NAMES) expect(attributes.get(name)?.value).toBe(`of ${name}`);
    });

    it('keeps the state of the VTEX dialect under any name, in order [D-14, D-22, P-43]', async () => {
      const named = <T>(value: (name: string) => T) => new Map(ODD_NAMES.map((name) => [name, value(name)]));
      const admin = { clientId: 'staff', email: 'staff@acme.test', scopes: ['a'] };
      const session = aSession({
        vtex: aHeldState({
          publicValues: named((name) => sourced<Json>({ [name]: name })),
          computed: named((name) => sourced(name)),
          seen: named((name) => name),
          cookies: named((name) => ({ hash: name, endsAt: after(1), admin })),
        }),
      });
      await create(session);
      await changed(session, (current) => ({ ...current, legalEntityId: 'le' }));
      const { vtex } = (await find(session)) ?? {};
      expect(vtex).toStrictEqual(session.vtex);
      for (const map of [vtex?.publicValues, vtex?.computed, vtex?.seen, vtex?.cookies]) {
        expect([...(map?.keys() ?? [])]).toStrictEqual(ODD_NAMES);
      }
    });

    it('keeps 200 attributes of one mebibyte in total [D-14]', async () => {
      const all = Array.from({ length: 200 }, (_, i) => [`name ${i}`, sourced('"'.repeat(2500))] as const);
      const session = aSession({ context: aContext(new Map(all)) });
      expect(await stored(session)).toStrictEqual(session);
    });

    it('keeps ids apart that differ in a single character, including ids that clients chose [W-29]', async () => {
      const ids = [
        'a',
        'A',
        'a ',
        'a/b',
        'a%2fb',
        'ä',
        'a\u0308',
        '$a',
        'a.b',
        '__proto__',
        '\ud800',
        '\ud801',
      ];
      const tenant = newTenant();
      for (const sessionId of ids) expect(await create(aSession({ tenant, sessionId }))).toBe(true);
      for (const sessionId of ids) expect((await find({ tenant, sessionId }))?.sessionId).toBe(sessionId);
    });
  });

  describe('the end of a session', () => {
    it('is seen by every read from `goneAt` on, swept or not; a dormant session is found [E-01, D-02]', async () => {
      const session = aSession();
      await create(session);
      expect(await find(session, after(119_999))).toStrictEqual(session);
      expect(await find(session, after(120_000))).toBeUndefined();
      expect(await changed(session, () => expect.unreachable(), after(120_000))).toBeUndefined();
      expect(await find(session, after(119_999))).toStrictEqual(session);
    });

    it('never comes for a customer [E-04]', async () => {
      const session = aCustomers();
      await create(session);
      expect(await find(session, after(400 * 86_400_000))).toStrictEqual(session);
    });

    it('is postponed by a change, or removed [E-03, E-23]', async () => {
      const session = aSession();
      await create(session);
      const lifetime = { aliveUntil: after(180_000), goneAt: after(240_000) };
      await changed(session, (current) => ({ ...current, lifetime }));
      expect((await find(session, after(239_999)))?.lifetime).toStrictEqual(lifetime);
      expect(await find(session, after(240_000))).toBeUndefined();
      await changed(session, ({ lifetime: _none, ...current }) => ({ ...current, customerId: 'anna' }));
      expect(await find(session, after(10 ** 12))).toBeDefined();
    });
  });

  describe('creating', () => {
    it('lets one of twenty concurrent creates of an id win, and tells the others', async () => {
      const sessionId = randomUUID();
      const twenty = Array.from({ length: 20 }, (_, i) => aSession({ sessionId, clientId: `client ${i}` }));
      const won = await Promise.all(twenty.map((session) => create(session)));
      expect(won.filter((created) => created)).toHaveLength(1);
      expect(await find({ tenant: 'acme', sessionId })).toStrictEqual(twenty[won.indexOf(true)]);
    });

    it('does not overwrite a session that is alive or dormant, or a customer’s', async () => {
      for (const session of [aSession(), aCustomers()]) {
        await create(session);
        for (const now of [NOW, after(60_000), after(119_999)]) {
          expect(await create({ ...session, clientId: 'another' }, now)).toBe(false);
        }
        expect(await find(session)).toStrictEqual(session);
      }
    });

    it('takes the id of one that is gone, and lets one of twenty have it', async () => {
      const { sessionId, ...past } = aSession();
      const now = after(120_000);
      const lifetime = { aliveUntil: after(180_000), goneAt: after(240_000) };
      await create({ ...past, sessionId });
      const next = Array.from({ length: 20 }, (_, i) => aSession({ sessionId, lifetime, clientId: `${i}` }));
      const won = await Promise.all(next.map((session) => create(session, now)));
      expect(won.filter((created) => created)).toHaveLength(1);
      expect(await find({ tenant: 'acme', sessionId }, now)).toStrictEqual(next[won.indexOf(true)]);
    });
  });

  describe('changing', () => {
    it('writes what was decided, increases the revision, and returns the result', async () => {
      const session = everything();
      await create(session);
      const step = { next: { ...session, clientId: 'another' }, result: { any: 'thing' } };
      expect(await sessions().change(session, NOW, () => step)).toEqual({ result: { any: 'thing' } });
      expect(await find(session)).toStrictEqual({ ...session, clientId: 'another', revision: 2 });
    });

    it('tells an undefined result from a session that does not exist', async () => {
      const session = aSession();
      await create(session);
      const changes = sessions().change(session, NOW, (next) => ({ next, result: undefined }));
      expect(await changes).toEqual({ result: undefined });
    });

    it('writes nothing if the given record is returned', async () => {
      const session = aSession();
      await create(session);
      expect(await changed(session, (current) => current)).toEqual({ result: 1 });
      expect(await find(session)).toStrictEqual(session);
    });

    it('passes on what a decision throws, and writes nothing', async () => {
      const session = aSession();
      await create(session);
      const refusal = new Error('refused');
      const refuse = () => {
        throw refusal;
      };
      const others = Array.from({ length: 10 }, (_, i) => setAttribute(session, `a${i}`, i));
      await expect(sessions().change(session, NOW, refuse)).rejects.toBe(refusal);
      await Promise.all(others);
      const left = await find(session);
      expect([left?.revision, left?.context?.attributes.size]).toEqual([11, 10]);
    });

    it('decides on what is stored, even for a caller that has read the session before', async () => {
      const session = aSession();
      await create(session);
      const read = (await find(session)) ?? session;
      await changed(session, (current) => ({ ...current, clientId: 'another' }));
      expect(await changed(read, (current) => current)).toEqual({ result: 2 });
      const renamed = (current: Session): Session => ({ ...current, clientId: `${current.clientId}, again` });
      expect(await changed(read, renamed)).toEqual({ result: 2 });
      expect(await find(session)).toMatchObject({ clientId: 'another, again', revision: 3 });
    });

    it('loses none of two hundred concurrent increments', async () => {
      const session = aSession();
      await create(session);
      const increment = () =>
        changed(session, (current) => ({ ...current, clientId: `${(Number(current.clientId) || 0) + 1}` }));
      const seen = await Promise.all(Array.from({ length: 200 }, increment));
      expect(await find(session)).toMatchObject({ clientId: '200', revision: 201 });
      expect(new Set(seen.map((one) => one?.result)).size).toBe(200);
    });

    it('loses none of a hundred attributes that are added at once [E-12]', async () => {
      const session = aSession({ context: aContext() });
      await create(session);
      await Promise.all(Array.from({ length: 100 }, (_, i) => setAttribute(session, `a${i}`, i)));
      const { context } = (await find(session)) ?? {};
      expect([context?.version, context?.attributes.size]).toEqual([101, 100]);
    });

    it('lets one of twenty concurrent compare-and-sets win [W-27]', async () => {
      const session = aSession();
      await create(session);
      const compareAndSet = (_: unknown, i: number) =>
        changed(session, (current) => {
          if (current.revision !== 1) throw new Error('conflict');
          return { ...current, clientId: `winner ${i}` };
        });
      const tries = await Promise.allSettled(Array.from({ length: 20 }, compareAndSet));
      const winner = tries.findIndex(({ status }) => status === 'fulfilled');
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await find(session)).toMatchObject({ clientId: `winner ${winner}`, revision: 2 });
    });
  });

  describe('removing', () => {
    it('deletes it at once, which frees its id', async () => {
      const session = everything();
      await create(session);
      await sessions().remove(session);
      expect(await find(session)).toBeUndefined();
      expect(await changed(session, () => expect.unreachable())).toBeUndefined();
      const next = aSession({ sessionId: session.sessionId });
      expect(await create(next)).toBe(true);
      expect(await find(next)).toStrictEqual(next);
    });

    it('is final: no concurrent change brings it back [E-35]', async () => {
      const many = Array.from({ length: 20 }, () => aSession());
      await Promise.all(many.map((session) => create(session)));
      await Promise.all(
        many.flatMap((session) => [
          ...Array.from({ length: 5 }, (_, i) => setAttribute(session, `a${i}`, i)),
          sessions().remove(session),
          ...Array.from({ length: 5 }, (_, i) => setAttribute(session, `b${i}`, i)),
        ]),
      );
      expect(await Promise.all(many.map((session) => find(session)))).toEqual(many.map(() => undefined));
    });

    it('is not undone by a change that was decided on another session with the same id', async () => {
      const past = aSession({ clientId: 'past' });
      await create(past);
      const next = aSession({ sessionId: past.sessionId, clientId: 'next' });
      const renew = sessions()
        .remove(past)
        .then(() => create(next));
      const changes = Array.from({ length: 20 }, () =>
        changed(past, (current) => ({ ...current, legalEntityId: current.clientId })),
      );
      await Promise.all([renew, ...changes]);
      const left = await find(past);
      expect([left?.clientId, left?.legalEntityId ?? 'next']).toEqual(['next', 'next']);
    });
  });

  describe('the sessions of a customer', () => {
    it('are found on all devices, from the change that made them the customer’s until they are removed', async () => {
      const tenant = newTenant();
      const ids = async () => (await sessions().idsOfCustomer(tenant, 'anna')).toSorted();
      const [phone, desk] = [aCustomers({ tenant }), aSession({ tenant })];
      for (const session of [phone, desk]) await create(session);
      expect(await ids()).toEqual([phone.sessionId]);
      await changed(desk, ({ lifetime: _none, ...current }) => ({ ...current, customerId: 'anna' }));
      expect(await ids()).toEqual([phone.sessionId, desk.sessionId].toSorted());
      await sessions().remove(phone);
      expect(await ids()).toEqual([desk.sessionId]);
    });

    it('are nobody else’s', async () => {
      const tenant = newTenant();
      const others = [
        aCustomers({ tenant, customerId: 'annabel' }),
        aCustomers({ tenant: `${tenant}x`, customerId: 'anna' }),
        aSession({ tenant }),
      ];
      for (const session of others) await create(session);
      expect(await sessions().idsOfCustomer(tenant, 'anna')).toEqual([]);
      expect(await sessions().idsOfCustomer(tenant, 'annabel')).toEqual([others[0]?.sessionId]);
    });

    it('are not those that hold the customer’s token from a cookie, which are found apart until it goes [X-42]', async () => {
      const tenant = newTenant();
      const ids = () => sessions().idsProvenBy(tenant, 'anna');
      const cookies = new Map([['VtexIdclientAutCookie_acme', aSeenCookie()]]);
      const vtex = aHeldState({ cookies });
      const [browser, other] = [aSession({ tenant, vtex }), aSession({ tenant })];
      for (const session of [browser, other, aSession({ tenant: `${tenant}x`, vtex })]) await create(session);
      expect(await ids()).toEqual([browser.sessionId]);
      expect(await sessions().idsOfCustomer(tenant, 'anna')).toEqual([]);
      await changed(other, (current) => ({ ...current, vtex }));
      expect((await ids()).toSorted()).toEqual([browser.sessionId, other.sessionId].toSorted());
      await changed(browser, (current) => ({ ...current, vtex: aHeldState({ cookies: new Map() }) }));
      expect(await ids()).toEqual([other.sessionId]);
      await sessions().remove(other);
      expect(await ids()).toEqual([]);
    });

    it('are counted for several customers at once', async () => {
      const tenant = newTenant();
      const counts = async () => {
        const found = await sessions().countsOfCustomers(tenant, ['anna', 'annabel', 'ben', '\ud800']);
        return ['anna', 'annabel', 'ben', '\ud800'].map((id) => found.get(id) ?? 0);
      };
      expect(await counts()).toEqual([0, 0, 0, 0]);
      const phone = aCustomers({ tenant });
      for (const session of [
        phone,
        aCustomers({ tenant }),
        aCustomers({ tenant, customerId: 'ben' }),
        aCustomers({ tenant, customerId: '\ud800' }),
        aCustomers({ tenant: `${tenant}x`, customerId: 'ben' }),
        aSession({ tenant }),
      ]) {
        await create(session);
      }
      expect(await counts()).toEqual([2, 0, 1, 1]);
      await sessions().remove(phone);
      expect(await counts()).toEqual([1, 0, 1, 1]);
    });
  });

  describe('a search for sessions that began before a time', () => {
    const search = async (
      tenant: string,
      begun: { createdBefore: Date; kind?: Session['kind'] },
      limit: number,
    ) => {
      const pages: (readonly string[])[] = [];
      let next: string | undefined;
      do {
        const found = await sessions().idsBegunBefore(tenant, begun, limit, next);
        pages.push(found.ids);
        next = found.next;
      } while (next !== undefined);
      return pages;
    };

    it('finds those of the tenant and the kind, page by page, and none that began later', async () => {
      const tenant = newTenant();
      const old = [1, 2, 3].map((i) => aSession({ tenant, createdAt: after(-i) }));
      const customers = aCustomers({ tenant, createdAt: after(-1) });
      const others = [
        aSession({ tenant }),
        aSession({ tenant, createdAt: after(1) }),
        aSession({ tenant: `${tenant}0`, createdAt: after(-1) }),
        aSession({ tenant: `${tenant}x`, createdAt: after(-1) }),
      ];
      for (const session of [...old, customers, ...others]) await create(session);
      const ids = old.map(({ sessionId }) => sessionId);
      const all = await search(tenant, { createdBefore: NOW }, 2);
      expect(all.flat().toSorted()).toEqual([...ids, customers.sessionId].toSorted());
      expect(Math.max(...all.map(({ length }) => length))).toBeLessThanOrEqual(2);
      const guests = await search(tenant, { createdBefore: NOW, kind: 'anonymous' }, 100);
      expect(guests.map((page) => page.toSorted())).toEqual([ids.toSorted()]);
      expect((await search(tenant, { createdBefore: NOW, kind: 'customer' }, 100)).flat()).toEqual([
        customers.sessionId,
      ]);
    });

    it('goes on behind its last page, whatever was removed meanwhile', async () => {
      const tenant = newTenant();
      const all = Array.from({ length: 5 }, () => aSession({ tenant, createdAt: after(-1) }));
      for (const session of all) await create(session);
      const first = await sessions().idsBegunBefore(tenant, { createdBefore: NOW }, 2);
      for (const sessionId of first.ids) await sessions().remove({ tenant, sessionId });
      const rest = await sessions().idsBegunBefore(tenant, { createdBefore: NOW }, 100, first.next);
      expect([...first.ids, ...rest.ids].toSorted()).toEqual(
        all.map(({ sessionId }) => sessionId).toSorted(),
      );
      expect(rest).not.toHaveProperty('next');
    });

    it('finds nothing for a tenant without sessions', async () => {
      expect(await sessions().idsBegunBefore(newTenant(), { createdBefore: NOW }, 2)).toEqual({ ids: [] });
    });
  });

  describe('of two tenants', () => {
    it('keeps sessions with the same id apart', async () => {
      const one = aSession({ tenant: newTenant(), clientId: 'one' });
      const other = { ...one, tenant: `${one.tenant}x`, clientId: 'other' };
      for (const session of [one, other]) expect(await create(session)).toBe(true);
      await changed(one, (current) => ({ ...current, clientId: 'changed' }));
      expect(await find(other)).toStrictEqual(other);
      await sessions().remove(one);
      expect(await find(one)).toBeUndefined();
      expect(await find(other)).toStrictEqual(other);
    });
  });
}
