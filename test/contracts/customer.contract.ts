import { describe, expect, it } from 'vitest';
import type { CustomerRepository } from '../../src/customer/customer.repository.js';
import type { Address, Customer } from '../../src/customer/customer.types.js';
import { MOST_HITS } from '../../src/customer/search.rules.js';
import type { Condition, Listing } from '../../src/shared/filter/filter.types.js';
import { newId } from '../../src/shared/ids.js';

/** A customer with as few fields as possible and an e-mail of their own. */
function aCustomer(differences: Partial<Customer> = {}): Customer {
  const id = newId();
  return {
    tenant: 'acme',
    id,
    email: `${id}@acme.test`,
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA',
    groups: [],
    addresses: [],
    mixins: {},
    createdAt: new Date('2026-01-15T12:00:00.123Z'),
    version: 1,
    ...differences,
  };
}

const anAddress = (id: string): Address => ({ id, tags: [], isDefault: false, mixins: {} });

/** Names that a store could mistake for a path, an operator or a prototype. `x` in it tells one from another. */
const odd = (x: number) =>
  JSON.parse(`{"__proto__":{"x":${x}},"constructor":{"prototype":1},"a.b":{"$set":[null,{"c.d":{}}]},"$where":"1","":0,
    "toString":true,"🦊":"\\u0000","nothing":null,"empty":{},"none":[],"tiny":1e-7,"1":"one"}`);

const everything = (): Customer =>
  aCustomer({
    unconfirmed: true,
    inactive: true,
    onHold: true,
    legacyPassword: 'reminded',
    initialPassword: true,
    type: 'CONTACT',
    photoUrl: 'https://acme.test/anna.png',
    restriction: 'DE',
    optIn: { hash: 'b25l', expiresAt: new Date('2026-01-16T13:00:00.456Z') },
    passwordReset: { hash: 'aGFzaA', expiresAt: new Date('2026-01-15T13:00:00.456Z') },
    emailChange: {
      hash: 'dHdv',
      expiresAt: new Date('2026-01-15T13:00:00.456Z'),
      newEmail: 'anna.new@acme.test',
      syncContactEmail: true,
      kept: { sessionId: '0a1b', grant: 'c3d4' },
    },
    emailConfirmedAt: new Date('2026-01-14T13:00:00.456Z'),
    emailUndos: [
      { change: 'c1', email: 'anna.first@acme.test', reservedUntil: new Date('2026-01-20T13:00:00.456Z') },
      {
        change: 'c2',
        email: 'anna.second@acme.test',
        reservedUntil: new Date('2026-01-21T13:00:00.456Z'),
        token: { hash: 'dHJl', expiresAt: new Date('2026-01-21T12:00:00.456Z') },
      },
    ],
    credentialChanges: { ids: ['c2', 'c1'], newestAt: new Date('2026-01-14T13:00:00.456Z') },
    endingSessions: {
      change: 'c2',
      since: new Date('2026-01-14T13:00:00.456Z'),
      kept: { sessionId: '0a1b', grant: 'c3d4' },
    },
    signUpTold: { signUp: 's1', at: new Date('2026-01-14T13:00:00.456Z') },
    contactEmail: 'Anna@Acme.test',
    title: 'MS',
    firstName: 'Anna',
    middleName: '',
    lastName: 'Demo',
    contactPhone: '123',
    company: 'ACME',
    preferredLanguage: 'en_US',
    preferredCurrency: 'EUR',
    preferredSite: 'main',
    companyRegistrationId: '123-456',
    groups: ['gold', 'silver'],
    addresses: [
      {
        ...anAddress('a1'),
        city: 'Paris',
        country: 'FR',
        tags: ['SHIPPING', 'a.b'],
        isDefault: true,
        mixins: { floor: 3 },
      },
      { ...anAddress('a2'), mixinSchemas: { floor: 'https://example.com/1' } },
    ],
    mixins: { size: { shoe: 38, hat: null }, list: [{}, []] },
    mixinSchemas: { size: 'https://example.com/2' },
    lastLogin: new Date('2026-01-15T12:30:00.789Z'),
    version: 7,
  });

/** What every adapter promises for customers. */
export function customerContract(customers: () => CustomerRepository): void {
  const changeOf = (one: Customer, decide: (current: Customer) => Customer) =>
    customers().change(one.tenant, one.id, decide);

  it('finds no customer that nobody created, under any id or e-mail', async () => {
    for (const key of ['nobody', '', '__proto__', '$ne', 'a\0b', 'x'.repeat(5000)]) {
      expect(await customers().find('acme', key)).toBeUndefined();
      expect(await customers().findByEmail('acme', key)).toBeUndefined();
    }
  });

  it('does not change a customer that nobody created, and makes no decision', async () => {
    const decide = () => expect.unreachable();
    expect(await customers().change('acme', 'nobody', decide)).toBeUndefined();
  });

  it('finds a customer by id and by e-mail as it was created', async () => {
    const [least, most] = [aCustomer(), everything()];
    for (const one of [least, most]) {
      expect(await customers().create(one)).toBe(true);
      expect(await customers().find('acme', one.id)).toStrictEqual(one);
      expect(await customers().findByEmail('acme', one.email)).toStrictEqual(one);
    }
  });

  it('keeps mixins under any name, in order, as they were sent [D-14]', async () => {
    const addresses = [{ ...anAddress('a1'), mixins: odd(1), mixinSchemas: odd(2) }];
    const one = aCustomer({ addresses, mixins: odd(3), mixinSchemas: odd(4) });
    await customers().create(one);
    await changeOf(one, (current) => ({ ...current, version: 2 }));
    // Compared as text, because assertions treat `constructor` specially.
    const found = await customers().find('acme', one.id);
    expect(JSON.stringify(found?.mixins)).toBe(JSON.stringify(odd(3)));
    expect(JSON.stringify(found?.mixinSchemas)).toBe(JSON.stringify(odd(4)));
    expect(JSON.stringify(found?.addresses[0]?.mixins)).toBe(JSON.stringify(odd(1)));
    expect(JSON.stringify(found?.addresses[0]?.mixinSchemas)).toBe(JSON.stringify(odd(2)));
    expect('x' in {}).toBe(false);
  });

  it('does not create a customer with the id of another one', async () => {
    const one = aCustomer();
    await customers().create(one);
    const email = `${newId()}@acme.test`;
    expect(await customers().create(aCustomer({ id: one.id, email }))).toBe(false);
    expect(await customers().find('acme', one.id)).toStrictEqual(one);
    expect(await customers().findByEmail('acme', email)).toBeUndefined();
    expect(await customers().create(aCustomer({ email }))).toBe(true);
  });

  it('lists the customers of a tenant that match, by each order, in pages, with a count', async () => {
    const tenant = `t${newId().slice(0, 12)}`;
    const at = (second: number) => new Date(Date.UTC(2026, 0, 15, 12, 0, second));
    const made = [
      aCustomer({ tenant, id: 'a', createdAt: at(1), lastName: 'Zoe', contactEmail: 'z@acme.test' }),
      aCustomer({ tenant, id: 'b', createdAt: at(2), firstName: 'Anna', lastName: 'Young' }),
      aCustomer({ tenant, id: 'c', createdAt: at(3), firstName: 'anna', onHold: true }),
    ];
    for (const one of made) await customers().create(one);
    const list = async (over: Partial<Listing> = {}) => {
      const order = { path: 'createdAt', descending: true };
      const listing = { filter: [], order, skip: 0, limit: 10, counted: true, ...over };
      const { rows, ...rest } = await customers().list(tenant, listing);
      return { ids: rows.map(({ id }) => id).join(''), ...rest };
    };
    const by = (path: string, descending = false) => ({ order: { path, descending } });
    const is = (path: string, value: string): Condition => ({ op: 'eq', path, value });
    expect(await list()).toEqual({ ids: 'cba', total: 3 });
    expect(await list({ skip: 1, limit: 1, counted: false })).toEqual({ ids: 'b' });
    expect(await list({ maxBytes: 1 })).toEqual({ ids: 'c', total: 3, cut: true });
    expect(await list({ ...by('createdAt'), limit: 2 })).toEqual({ ids: 'ab', total: 3 });
    expect(await list(by('id', true))).toEqual({ ids: 'cba', total: 3 });
    expect(await list(by('lastName', true))).toEqual({ ids: 'abc', total: 3 });
    expect(await list({ ...by('contactEmail', true), limit: 1 })).toEqual({ ids: 'a', total: 3 });
    expect(await list({ filter: [is('firstName', 'Anna')] })).toEqual({ ids: 'b', total: 1 });
    expect(await list({ filter: [is('lastName', 'Nobody')] })).toEqual({ ids: '', total: 0 });
    expect(await list({ filter: [is('email', made[0]?.email ?? '')] })).toEqual({ ids: 'a', total: 1 });
    expect(await list({ filter: [is('contactEmail', 'z@acme.test')] })).toEqual({ ids: 'a', total: 1 });
    const ids: Condition = { op: 'in', path: 'id', values: ['a', 'c', 'none'] };
    expect(await list({ filter: [ids] })).toEqual({ ids: 'ca', total: 2 });
    expect(await list({ filter: [{ op: 'present', path: 'onHold' }] })).toEqual({ ids: 'c', total: 1 });
    await customers().remove(tenant, 'b', []);
    expect(await list()).toEqual({ ids: 'ca', total: 2 });
  });

  it('knows whose passwords came from another system for a time, until they are replaced', async () => {
    const [tenant, other] = [`t${newId().slice(0, 12)}`, `t${newId().slice(0, 12)}`];
    const bcrypt = '$2b$04$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
    const legacy = { passwordHash: bcrypt, legacyPassword: 'waiting' } as const;
    for (const id of ['a', 'b', 'c']) await customers().create(aCustomer({ tenant, id, ...legacy }));
    await customers().create(aCustomer({ tenant, passwordHash: bcrypt }));
    await customers().create(aCustomer({ tenant: other, ...legacy }));
    const ids = async (limit: number, after?: string) =>
      (await customers().withLegacyPassword(tenant, limit, after)).map(({ id }) => id);
    expect(await ids(2)).toEqual(['a', 'b']);
    expect(await ids(2, 'b')).toEqual(['c']);
    expect(await customers().tenantsWithLegacyPasswords()).toEqual(expect.arrayContaining([tenant, other]));
    const own = aCustomer().passwordHash ?? '';
    await customers().change(tenant, 'a', (current) => ({ ...current, passwordHash: own }));
    await customers().change(tenant, 'b', ({ passwordHash: _gone, ...current }) => current);
    await customers().remove(tenant, 'c', []);
    expect(await ids(9)).toEqual([]);
    const left = await customers().tenantsWithLegacyPasswords();
    expect(left.filter((name) => name === tenant || name === other)).toEqual([other]);
  });

  it('lets one of twenty concurrent creates have an e-mail, and writes nothing of the others [W-13]', async () => {
    const email = `${newId()}@acme.test`;
    const rivals = Array.from({ length: 20 }, () => aCustomer({ email }));
    const created = await Promise.all(rivals.map((one) => customers().create(one)));
    expect(created.filter(Boolean)).toHaveLength(1);
    const winner = rivals[created.indexOf(true)];
    expect(await customers().findByEmail('acme', email)).toStrictEqual(winner);
    const found = await Promise.all(rivals.map(({ id }) => customers().find('acme', id)));
    expect(found.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await customers().create(aCustomer({ email }))).toBe(false);
  });

  it('keeps tenants apart, even with the same id and e-mail', async () => {
    const acmes = aCustomer({ firstName: 'Anna' });
    const globexs = { ...acmes, tenant: 'globex', firstName: 'Gloria' };
    await customers().create(acmes);
    expect(await customers().find('globex', acmes.id)).toBeUndefined();
    expect(await customers().findByEmail('globex', acmes.email)).toBeUndefined();
    expect(await customers().create(globexs)).toBe(true);
    await changeOf(globexs, (current) => ({ ...current, firstName: 'Gerda' }));
    expect(await customers().findByEmail('acme', acmes.email)).toStrictEqual(acmes);
    expect((await customers().findByEmail('globex', acmes.email))?.firstName).toBe('Gerda');
  });

  it('returns what a change wrote, and finds it by id and by e-mail', async () => {
    const one = everything();
    await customers().create(one);
    const { lastLogin: _gone, passwordReset: _used, ...rest } = one;
    const next = { ...rest, groups: [], mixins: {}, version: 8 };
    expect(await changeOf(one, () => next)).toStrictEqual(next);
    expect(await customers().find('acme', one.id)).toStrictEqual(next);
    expect(await customers().findByEmail('acme', one.email)).toStrictEqual(next);
  });

  it('loses none of fifty concurrent changes', async () => {
    const one = aCustomer();
    await customers().create(one);
    const add = (id: string) =>
      changeOf(one, (current) => ({
        ...current,
        addresses: [...current.addresses, anAddress(id)],
        version: current.version + 1,
      }));
    const ids = Array.from({ length: 50 }, (_, i) => `a${i}`);
    await Promise.all(ids.map(add));
    const found = await customers().find('acme', one.id);
    expect(found?.version).toBe(51);
    expect(found?.addresses.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('passes on what a decision throws, and writes nothing', async () => {
    const one = aCustomer();
    await customers().create(one);
    const refusal = new Error('refused');
    const refused = changeOf(one, () => {
      throw refusal;
    });
    await expect(refused).rejects.toBe(refusal);
    expect(await customers().find('acme', one.id)).toStrictEqual(one);
  });

  it('writes nothing if the given customer is returned', async () => {
    const one = aCustomer();
    await customers().create(one);
    expect(await changeOf(one, (current) => current)).toStrictEqual(one);
    expect(await customers().find('acme', one.id)).toStrictEqual(one);
  });

  describe('of customers whose sessions have to end', () => {
    const since = (second: number) => new Date(Date.UTC(1999, 0, 1, 0, 0, second));
    const ending = (second: number): Customer =>
      aCustomer({ endingSessions: { change: newId(), since: since(second) } });
    const idsUntil = async (second: number, limit = 100) =>
      (await customers().withEndingSessions(since(second), limit)).map(({ id }) => id);

    it('lists them, oldest first, until their sessions have been recorded as ended [X-03]', async () => {
      const [first, second, third] = [ending(1), ending(2), ending(3)];
      for (const one of [third, first, second, aCustomer()]) await customers().create(one);
      expect(await idsUntil(2)).toEqual([first.id, second.id]);
      expect(await idsUntil(3, 2)).toEqual([first.id, second.id]);
      expect(await customers().withEndingSessions(since(1), 1)).toStrictEqual([first]);
      await changeOf(first, ({ endingSessions: _done, ...current }) => current);
      await changeOf(second, (current) => ({
        ...current,
        endingSessions: { change: newId(), since: since(9) },
      }));
      expect(await idsUntil(3)).toEqual([third.id]);
      expect(await idsUntil(9)).toEqual([third.id, second.id]);
    });
  });

  describe('of a customer who changes to another e-mail', () => {
    const moving = (newEmail: string): Customer =>
      aCustomer({
        emailChange: { hash: 'aGFzaA', expiresAt: new Date(), newEmail, syncContactEmail: false },
      });
    const now = new Date('2026-01-15T12:00:00.123Z');
    const later = new Date('2026-01-22T12:00:00.123Z');
    const move = (one: Customer, newEmail: string, more: Partial<Customer> = {}, at = now) =>
      customers().changeEmail('acme', one.id, newEmail, at, ({ emailChange: _used, ...current }) => ({
        ...current,
        email: newEmail,
        ...more,
      }));
    /** Lets the account go back to this e-mail until `later`. */
    const wayBackTo = (email: string): Partial<Customer> => ({
      emailUndos: [{ change: newId(), email, reservedUntil: later }],
    });

    it('finds the customer only by the new one, and frees the old one', async () => {
      const newEmail = `${newId()}@acme.test`;
      const one = moving(newEmail);
      await customers().create(one);
      expect(await move(one, newEmail)).toMatchObject({ id: one.id, email: newEmail });
      expect((await customers().findByEmail('acme', newEmail))?.id).toBe(one.id);
      expect(await customers().findByEmail('acme', one.email)).toBeUndefined();
      expect(await customers().create(aCustomer({ email: one.email }))).toBe(true);
      expect(await customers().create(aCustomer({ email: newEmail }))).toBe(false);
    });

    it('changes nothing if somebody else has the e-mail, and passes on what a decision throws', async () => {
      const other = aCustomer();
      const one = moving(other.email);
      for (const each of [other, one]) await customers().create(each);
      expect(await move(one, other.email)).toBeUndefined();
      expect(await customers().find('acme', one.id)).toStrictEqual(one);
      expect((await customers().findByEmail('acme', other.email))?.id).toBe(other.id);
      const refused = customers().changeEmail('acme', one.id, `${newId()}@acme.test`, now, () => {
        throw new Error('refused');
      });
      await expect(refused).rejects.toThrow('refused');
      expect((await customers().findByEmail('acme', one.email))?.id).toBe(one.id);
      expect(await move(moving(other.email), `${newId()}@acme.test`)).toBeUndefined();
    });

    it('finds nobody by an e-mail that can still be restored, and gives it to nobody else [X-03]', async () => {
      const newEmail = `${newId()}@acme.test`;
      const one = moving(newEmail);
      await customers().create(one);
      await move(one, newEmail, wayBackTo(one.email));
      expect(await customers().findByEmail('acme', one.email)).toBeUndefined();
      expect(await customers().create(aCustomer({ email: one.email, createdAt: now }))).toBe(false);
      const other = moving(one.email);
      await customers().create(other);
      expect(await move(other, one.email)).toBeUndefined();
    });

    it('lets the customer go back, whatever came in between, and frees what is no longer held [X-03]', async () => {
      const [first, second, third] = [newId(), newId(), newId()].map((id) => `${id}@acme.test`) as [
        string,
        string,
        string,
      ];
      const one = { ...moving(second), email: first };
      await customers().create(one);
      const back = wayBackTo(first);
      await move(one, second, back);
      await customers().change('acme', one.id, (current) => ({
        ...current,
        emailChange: { hash: 'aGFzaA', expiresAt: later, newEmail: third, syncContactEmail: false },
      }));
      const both = { emailUndos: [...(back.emailUndos ?? []), ...(wayBackTo(second).emailUndos ?? [])] };
      await move(one, third, both);
      expect(await move(one, first, { emailUndos: [] })).toMatchObject({ email: first });
      expect((await customers().findByEmail('acme', first))?.id).toBe(one.id);
      for (const left of [second, third]) {
        expect(await customers().findByEmail('acme', left)).toBeUndefined();
        expect(await customers().create(aCustomer({ email: left, createdAt: now }))).toBe(true);
      }
    });

    it('frees an e-mail once it can no longer be restored [X-03]', async () => {
      const newEmail = `${newId()}@acme.test`;
      const one = moving(newEmail);
      await customers().create(one);
      await move(one, newEmail, wayBackTo(one.email));
      const next = aCustomer({ email: one.email, createdAt: later });
      expect(await customers().create(next)).toBe(true);
      expect((await customers().findByEmail('acme', one.email))?.id).toBe(next.id);
      expect(await move(one, one.email, {}, later)).toBeUndefined();
    });

    it('gives an e-mail to one of ten who change to it and ten who sign up with it at once', async () => {
      const newEmail = `${newId()}@acme.test`;
      const movers = Array.from({ length: 10 }, () => moving(newEmail));
      for (const one of movers) await customers().create(one);
      const signups = Array.from({ length: 10 }, () => aCustomer({ email: newEmail }));
      const won = await Promise.all([
        ...movers.map((one) => move(one, newEmail)),
        ...signups.map((one) => customers().create(one)),
      ]);
      expect(won.filter(Boolean)).toHaveLength(1);
      const winner = [...movers, ...signups][won.findIndex(Boolean)];
      expect((await customers().findByEmail('acme', newEmail))?.id).toBe(winner?.id);
      const found = await Promise.all(movers.map(({ id }) => customers().find('acme', id)));
      expect(found.filter((one) => one?.email === newEmail).length).toBe(
        winner && movers.includes(winner) ? 1 : 0,
      );
    });
  });

  describe('of customers who are searched for', () => {
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
    const prefixOf = () => `w${newId()}`.toLowerCase();
    /** All pages, with how many customers each holds. */
    const pagesOf = async (tenant: string, limit: number, prefix?: string) => {
      const ids: string[][] = [];
      let after: string | undefined;
      do {
        const search = {
          limit,
          ...(prefix !== undefined && { prefix }),
          ...(after !== undefined && { after }),
        };
        const { rows, next } = await customers().search(tenant, search);
        ids.push(rows.map(({ id }) => id));
        after = next;
      } while (after !== undefined);
      return ids;
    };
    const idsOf = async (prefix: string, tenant = 'acme') => (await pagesOf(tenant, 50, prefix)).flat();

    it('finds them by the beginning of their e-mail, first or last name, the newest first', async () => {
      const prefix = prefixOf();
      const ones = [
        aCustomer({ email: `${prefix}@acme.test`, createdAt: at(1) }),
        aCustomer({ firstName: `${prefix.toUpperCase()} Maria`, createdAt: at(3) }),
        aCustomer({ lastName: `${prefix}son`, firstName: `${prefix}a`, createdAt: at(2) }),
      ];
      for (const one of ones) await customers().create(one);
      for (const other of [{ firstName: `Mrs. ${prefix}` }, { lastName: prefix.slice(0, -1) }]) {
        await customers().create(aCustomer(other));
      }
      const [first, second, third] = ones.map(({ id }) => id);
      expect(await idsOf(prefix)).toEqual([second, third, first]);
      expect(await idsOf(`${prefix}s`)).toEqual([third]);
      expect(await idsOf(prefix, 'globex')).toEqual([]);
      const { rows } = await customers().search('acme', { prefix, limit: 1 });
      expect(rows).toStrictEqual([ones[1]]);
    });

    it.each(['a.b*', '$ne', '^x|y', '\u{10ffff}', 'ǆ', '🦊', '__proto__', 'x'.repeat(5000)])(
      'finds them by any text: %s',
      async (text) => {
        const tenant = `t${newId()}`.toLowerCase().slice(0, 12);
        const one = aCustomer({ tenant, firstName: `${text}z` });
        await customers().create(one);
        await customers().create(aCustomer({ tenant }));
        expect((await pagesOf(tenant, 50, text.slice(0, 200))).flat()).toEqual([one.id]);
      },
    );

    it('pages through them, each once, while others come and go', async () => {
      const tenant = `t${newId()}`
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, 'x')
        .slice(0, 12);
      const email = (i: number) => `p${i}.${newId()}@acme.test`;
      // Some were created in the same millisecond.
      const ones = Array.from({ length: 9 }, (_, i) =>
        aCustomer({ tenant, email: email(i), createdAt: at(i < 4 ? 1 : i) }),
      );
      for (const one of ones) await customers().create(one);
      const newest = ones.toSorted(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1),
      );
      const ids = newest.map(({ id }) => id);
      for (const prefix of [undefined, 'p']) {
        expect((await pagesOf(tenant, 2, prefix)).flat()).toEqual(ids);
        expect(await pagesOf(tenant, 3, prefix)).toEqual([ids.slice(0, 3), ids.slice(3, 6), ids.slice(6)]);
        expect(await pagesOf(tenant, 9, prefix)).toEqual([ids]);
      }
      const { next = '' } = await customers().search(tenant, { limit: 3 });
      await customers().create(aCustomer({ tenant, createdAt: at(30) }));
      await customers().remove(tenant, ids[2] ?? '', []);
      await customers().remove(tenant, ids[4] ?? '', []);
      const { rows } = await customers().search(tenant, { limit: 50, after: next });
      expect(rows.map(({ id }) => id)).toEqual([ids[3], ...ids.slice(5)]);
    });

    it('finds them where more than can be sorted share a beginning, each once', async () => {
      const tenant = `t${newId()}`
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, 'x')
        .slice(0, 12);
      const many = MOST_HITS + 100;
      const nameOf = (i: number) => (i % 100 === 7 ? 'Shared by few' : 'Shared by many');
      const ones = Array.from({ length: many }, (_, i) =>
        aCustomer({ tenant, createdAt: at(i % 60), firstName: nameOf(i) }),
      );
      for (let i = 0; i < many; i += 1_000)
        await Promise.all(ones.slice(i, i + 1_000).map((one) => customers().create(one)));
      const few = ones.filter(({ firstName }) => firstName === 'Shared by few').map(({ id }) => id);
      expect((await pagesOf(tenant, 20, 'shared by f')).flat().sort()).toEqual(few.sort());
      const all = (await pagesOf(tenant, 200, 'shared by')).flat();
      expect(all).toEqual((await pagesOf(tenant, 200)).flat());
      expect(all.toSorted()).toEqual(ones.map(({ id }) => id).sort());
    });

    it('finds them by what they are called now, and no longer once they are removed [P-72]', async () => {
      const [before, after, newEmail] = [prefixOf(), prefixOf(), `${prefixOf()}@acme.test`];
      const one = aCustomer({
        firstName: before,
        lastName: 'same',
        emailChange: { hash: 'aGFzaA', expiresAt: new Date(), newEmail, syncContactEmail: false },
      });
      await customers().create(one);
      await changeOf(one, (current) => ({ ...current, firstName: after }));
      expect(await idsOf(before)).toEqual([]);
      expect(await idsOf(after)).toEqual([one.id]);
      const renamed = ({ emailChange: _used, ...current }: Customer) => ({ ...current, email: newEmail });
      await customers().changeEmail('acme', one.id, newEmail, one.createdAt, renamed);
      expect(await idsOf(one.email)).toEqual([]);
      expect(await idsOf(newEmail)).toEqual([one.id]);
      await customers().remove('acme', one.id, []);
      expect(await idsOf(after)).toEqual([]);
      expect(await idsOf(newEmail)).toEqual([]);
    });
  });

  it('can be removed again and again, and each time frees all their e-mails', async () => {
    const one = aCustomer();
    await customers().create(one);
    await customers().remove('globex', one.id, [one.email]);
    expect((await customers().findByEmail('acme', one.email))?.id).toBe(one.id);
    for (const _ of [1, 2]) await customers().remove('acme', one.id, [one.email]);
    expect(await customers().find('acme', one.id)).toBeUndefined();
    const next = aCustomer({ email: one.email });
    expect(await customers().create(next)).toBe(true);
    await customers().remove('acme', one.id, [one.email]);
    expect((await customers().findByEmail('acme', one.email))?.id).toBe(next.id);
  });

  it('is removed with the restorable e-mails and the sessions that have to end [P-72, X-03]', async () => {
    const [newEmail, since] = [`${newId()}@acme.test`, new Date(Date.UTC(1998, 0, 1))];
    const one = aCustomer({
      emailChange: { hash: 'aGFzaA', expiresAt: new Date(), newEmail, syncContactEmail: false },
    });
    const now = new Date('2026-01-15T12:00:00.123Z');
    await customers().create(one);
    await customers().changeEmail('acme', one.id, newEmail, now, (current) => ({
      ...current,
      email: newEmail,
      emailUndos: [
        { change: newId(), email: one.email, reservedUntil: new Date('2026-01-22T12:00:00.123Z') },
      ],
      endingSessions: { change: newId(), since },
    }));
    await customers().remove('acme', one.id, [newEmail]);
    expect(await customers().withEndingSessions(since, 10)).toEqual([]);
    for (const email of [one.email, newEmail]) {
      expect(await customers().create(aCustomer({ email, createdAt: now }))).toBe(true);
    }
  });
}
