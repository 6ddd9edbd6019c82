import { loadavg } from 'node:os';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../reliability/support/figure.js';
import { FORM, sized, STORE } from '../reliability/support/form.js';
import { Callers } from '../support/access/callers.js';
import { allOperations, type Operation, pathOf } from '../support/access/operations.js';
import { bodyFor, makeThings, type Things } from '../support/access/things.js';
import { HttpUser } from '../support/people/http-user.js';
import { ProbedService } from './support/probed-service.js';
import { bodySchemaOf, type Schema, worstBodies, type WorstBody } from './support/worst-bodies.js';

/** The short form is just above the size from which a body is parsed in its own turn of the event loop. */
const BYTES = sized(68 * 1024, 1024 * 1024 - 4096);
const MOST_REFUSAL_BYTES = 64 * 1024;

/** Asserted in the full form only: a machine of CI may be busy with anything. */
const MOST_BLOCKED_MS = sized(Number.POSITIVE_INFINITY, 50);

const SUSPICIOUS_MS = 30;
const MOST_TRIES = 5;

const MATCHES = sized(20, 500);
/** About 60 KB of JSON. */
const PRICE_MEMBERS = 5_000;
/** Together with its other fields, the site reaches the maximum number of values. */
const SITE_MEMBERS = sized(2_000, 19_900);
const MATCH = /\/match-prices/;
/** The default of MAX_PAGE_BYTES, plus the characters between the rows. */
const PAGE_BYTES = 4 * 1024 * 1024 + 1024;

const members = (count: number): Readonly<Record<string, number>> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [n.toString(36), n]));

interface Target {
  readonly operation: Operation;
  readonly schema: Schema;
}

interface Worst {
  blockedMs: number;
  ownMs: number;
  blockedBy: string;
  refusalBytes: number;
  refusedBy: string;
  bodies: number;
  readonly statuses: Set<number>;
}

const TARGETS: readonly Target[] = allOperations().flatMap((operation) => {
  const schema = bodySchemaOf(operation.method, operation.path);
  return schema ? [{ operation, schema }] : [];
});

describe(`The worst bodies that the limits let through, on the ${STORE} store`, () => {
  let service: ProbedService;
  let things: Things;
  let tokens: readonly string[];
  const all = new Map<string, Worst>();

  beforeAll(async () => {
    service = await ProbedService.start();
    const callers = await Callers.of(service.url);
    const [owner, guest] = [await callers.newCustomer(), await callers.newVisitor()];
    const staff = await callers.service();
    things = await makeThings(owner, guest, new HttpUser(service.url, staff));
    tokens = [staff, owner.accessToken ?? '', guest.accessToken ?? '', await callers.operator()];
  });
  afterAll(async () => {
    console.log(
      ['own ms | delay ms | refusal bytes | statuses | route: worst body', ...rows(all)].join('\n'),
    );
    await service.stop();
  });

  it.each(TARGETS.map((target) => ({ name: target.operation.label, ...target })))(
    'block nobody, and are refused in a few words: $name [X-01]',
    async ({ operation, schema }) => {
      const worst = await attack(operation, schema);
      all.set(operation.label, worst);
      expect([...worst.statuses].filter((status) => status >= 500)).toEqual([]);
      expect(worst.refusalBytes, worst.refusedBy).toBeLessThanOrEqual(MOST_REFUSAL_BYTES);
      expect(worst.ownMs, worst.blockedBy).toBeLessThanOrEqual(MOST_BLOCKED_MS);
    },
  );

  it('block nobody when each of five hundred matches repeats large mixins [X-01, X-23]', async () => {
    const at = { siteCode: 'main', targetCurrency: 'EUR', targetLocation: { countryCode: 'DE' } };
    const itemId = { itemType: 'PRODUCT', id: 'laden' };
    const price = {
      itemId,
      currency: 'EUR',
      location: { countryCode: 'DE' },
      tierValues: [{ priceValue: 1 }],
    };
    const staff = new HttpUser(service.url, tokens[0]);
    await staff.post('/price/acme/prices', { ...price, mixins: { m: members(PRICE_MEMBERS) } }).expect(201);
    const items = Array.from({ length: MATCHES }, () => ({ itemId, quantity: { quantity: 1 } }));
    const body = { name: 'large mixins', text: JSON.stringify({ ...at, items }) };
    await service.look();
    for (const operation of TARGETS.map((target) => target.operation).filter(({ path }) =>
      MATCH.test(path),
    )) {
      const path = pathOf(operation, { tenant: 'acme', ...things });
      const token = await admittedTo(operation, path);
      const { status, text, ownMs } = await measured(operation, path, token, body);
      console.log(`${ownMs.toFixed(0)} ms own, ${text.length} bytes: ${operation.label} with large mixins`);
      expect(status).toBe(200);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(PAGE_BYTES);
      expect(ownMs).toBeLessThanOrEqual(MOST_BLOCKED_MS);
    }
  });

  it('block nobody when they change all that a site carries [X-01]', async () => {
    const staff = new HttpUser(service.url, tokens[0]);
    const { body: main } = await staff.get('/site/acme/sites/main').expect(200);
    await staff.post('/site/acme/sites', { ...main, code: 'laden', default: false }).expect(201);
    const data = members(SITE_MEMBERS);
    const site = '/site/{tenant}/sites/{siteCode}';
    const changes = [
      { method: 'put', path: `${site}/mixins/{mixinName}`, body: data },
      { method: 'patch', path: `${site}/mixins/{mixinName}`, body: data },
      { method: 'patch', path: site, body: { mixins: { laden: data } } },
    ];
    await staff.post('/site/acme/sites/laden/mixins', { laden: {} }).expect(201);
    await service.look();
    for (const { method, path: template, body } of changes) {
      const label = `${method.toUpperCase()} ${template}`;
      const operation = TARGETS.map((target) => target.operation).find((one) => one.label === label);
      if (!operation) throw new Error(`${label} is not described`);
      const path = pathOf(operation, { tenant: 'acme', siteCode: 'laden', mixinName: 'laden' });
      const text = JSON.stringify(body);
      const { status, ownMs } = await measured(operation, path, staff.accessToken ?? '', {
        name: 'all',
        text,
      });
      console.log(`${ownMs.toFixed(0)} ms own: ${label} of all that a site carries`);
      expect(status).toBe(200);
      expect(ownMs).toBeLessThanOrEqual(MOST_BLOCKED_MS);
    }
  });

  it('were sent to every route that takes JSON [X-01]', () => {
    expect([...all.keys()]).toEqual(TARGETS.map(({ operation }) => operation.label));
    const most = (of: (worst: Worst) => number): number => Math.max(...[...all.values()].map(of));
    const bodies = [...all.values()].reduce((sum, worst) => sum + worst.bodies, 0);
    expect(most(({ ownMs }) => ownMs)).toBeLessThanOrEqual(MOST_BLOCKED_MS);
    const [load = 0] = loadavg();
    figure({
      id: 'X-01',
      suite: 'hostile',
      result:
        `${bodies} bodies of up to ${Math.ceil(BYTES / 1024)} KiB to ${all.size} routes: the event loop was held for ` +
        `${most(({ ownMs }) => ownMs).toFixed(0)} ms at most (delays of ${most(({ blockedMs }) => blockedMs).toFixed(0)} ms ` +
        `with what else the machine did, load ${load.toFixed(1)}); the longest refusal has ` +
        `${most(({ refusalBytes }) => refusalBytes)} bytes, none is a 5xx`,
    });
  });

  async function attack(operation: Operation, schema: Schema): Promise<Worst> {
    const path = pathOf(operation, { tenant: 'acme', ...things });
    const worst = { blockedMs: 0, ownMs: 0, blockedBy: '', refusalBytes: 0, refusedBy: '', bodies: 0 };
    const statuses = new Set<number>();
    const token = await admittedTo(operation, path);
    await service.look();
    for (const body of worstBodies(schema, bodyFor(operation, things), { bytes: BYTES, form: FORM })) {
      const { status, text, ownMs, blockedMs } = await measured(operation, path, token, body);
      statuses.add(status);
      worst.bodies += 1;
      if (ownMs > worst.ownMs) Object.assign(worst, { ownMs, blockedMs, blockedBy: body.name });
      const bytes = status >= 400 ? Buffer.byteLength(text) : 0;
      if (bytes > worst.refusalBytes) Object.assign(worst, { refusalBytes: bytes, refusedBy: body.name });
    }
    if (FORM === 'short') Object.assign(worst, await service.look(), { blockedBy: 'any' });
    return { ...worst, statuses };
  }

  /**
   * What blocks, blocks every time. A collection of garbage, or what the machine does besides, does not come again at
   * the same place, so the least of some tries counts.
   */
  async function measured(operation: Operation, path: string, token: string, body: WorstBody) {
    let least = { ownMs: Number.POSITIVE_INFINITY, blockedMs: Number.POSITIVE_INFINITY };
    for (let tries = 0; ; tries += 1) {
      const answer = await send(operation, path, token, body);
      if (FORM === 'short') return { ...answer, ownMs: 0, blockedMs: 0 };
      const { ownMs, blockedMs } = await service.look();
      if (ownMs < least.ownMs) least = { ownMs, blockedMs };
      if (least.ownMs < SUSPICIOUS_MS || tries === MOST_TRIES) return { ...answer, ...least };
    }
  }

  /** A token that passes the guard. With any other, the request is refused before its body is processed. */
  async function admittedTo(operation: Operation, path: string): Promise<string> {
    const probes = await Promise.all(
      tokens.map(async (token) => {
        const { status } = await send(operation, path, token, { name: 'probe', text: '[]' });
        return status === 401 || status === 403 ? [] : [token];
      }),
    );
    return probes.flat()[0] ?? '';
  }

  async function send(
    { method, path: template }: Operation,
    path: string,
    token: string,
    { text }: WorstBody,
  ) {
    const bearer = template.startsWith('/api/') ? {} : { authorization: `Bearer ${token}` };
    const answer = await request(`${service.url}${path}`, {
      method: method.toUpperCase() as 'POST',
      headers: { 'content-type': 'application/json', ...bearer },
      body: text,
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }
});

const rows = (all: ReadonlyMap<string, Worst>): readonly string[] =>
  [...all].map(([label, { ownMs, blockedMs, refusalBytes, statuses, blockedBy }]) =>
    [
      ownMs.toFixed(0).padStart(6),
      blockedMs.toFixed(0).padStart(8),
      String(refusalBytes).padStart(13),
      [...statuses].sort().join(' '),
      `${label}: ${blockedBy}`,
    ].join(' | '),
  );
