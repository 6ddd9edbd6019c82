import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCustomer, aSession, aSite, BUILT_AT } from '../../../test/support/data/builders.js';
import { facetKeyOf, facetsFrom, profileKeyOf, type Session } from '../../session/index.js';
import { SiteReader } from '../../site-settings/index.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { segmentTokenOf } from './segment-of-facets.rules.js';
import { SessionSegments } from './session-segments.service.js';

const SITES = [aSite('main', { default: true }), aSite('us', { currency: 'USD' })];

let folder: string;
let storage: EmbeddedStorage;
let segments: SessionSegments;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-segments-'));
  storage = await EmbeddedStorage.open(folder);
  const sites = Object.assign(Object.create(SiteReader.prototype), { list: async () => SITES });
  segments = new SessionSegments(sites, storage.customers, storage.sessionDirectory);
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

const AMERICAN = { preferredSite: 'us' };
const facetsOf = (session: Session) => facetsFrom(facetKeyOf(session));
const customers = (over: Partial<Session> = {}) =>
  aSession({ kind: 'customer', customerId: 'anna', ...over });
const token = (session: Session, profile = {}) =>
  segmentTokenOf(session, SITES, aCustomer(profile)) ??
  expect.unreachable('a tenant with sites has segments');
const linked = aSession({
  vtex: {
    publicValues: new Map([['utm_source', { value: 'mail', source: 'shopper', at: BUILT_AT }]]),
    chosen: {},
    computed: new Map(),
    seen: new Map(),
    cookies: new Map(),
    failed: [],
    heldUntil: BUILT_AT,
  },
});

describe('A segment', () => {
  it('has sessions whose facets give it, and no others', async () => {
    const judge = await segments.judge('acme', token(linked));
    expect(judge.mayHave(facetsOf(linked))).toBe(true);
    expect(await judge.has(linked, facetsOf(linked))).toBe(true);
    expect(judge.mayHave(facetsOf(aSession()))).toBe(false);
    expect(await judge.has(aSession(), facetsOf(aSession()))).toBe(false);
  });

  it('may have customers without a context, unless they came by another link', async () => {
    await storage.customers.create(aCustomer({ id: 'anna', ...AMERICAN }));
    const judge = await segments.judge('acme', token(aSession(), AMERICAN));
    expect(judge.mayHave(facetsOf(customers()))).toBe(true);
    expect(await judge.has(customers(), facetsOf(customers()))).toBe(true);
    const gone = customers({ customerId: 'erased' });
    expect(await judge.has(gone, facetsOf(gone))).toBe(false);
    const elsewhere = customers({ ...(linked.vtex && { vtex: linked.vtex }) });
    expect(judge.mayHave(facetsOf(elsewhere))).toBe(false);
    expect(await judge.has(elsewhere, facetsOf(elsewhere))).toBe(false);
  });

  it('has none of the customers whose profiles are known to give others', async () => {
    const profiles = vi.spyOn(storage.sessionDirectory, 'profiles') as unknown as {
      mockResolvedValue(keys: readonly string[]): void;
    };
    const mayHave = async (wanted: string) =>
      (await segments.judge('acme', wanted)).mayHave(facetsOf(customers()));
    profiles.mockResolvedValue([profileKeyOf(aCustomer({ preferredLanguage: 'fr' }))]);
    expect(await mayHave(token(aSession(), AMERICAN))).toBe(false);
    expect(await mayHave(token(aSession(), { preferredLanguage: 'fr' }))).toBe(true);
    // Of a customer who was erased, a session may be left.
    expect(await mayHave(token(aSession()))).toBe(true);
    profiles.mockResolvedValue([profileKeyOf(aCustomer(AMERICAN))]);
    expect(await mayHave(token(aSession(), AMERICAN))).toBe(true);
  });

  it('that cannot be read has nobody', async () => {
    const judge = await segments.judge('acme', 'no-token');
    expect(judge.mayHave(facetsOf(aSession()))).toBe(false);
    expect(await judge.has(aSession(), facetsOf(aSession()))).toBe(false);
  });
});
