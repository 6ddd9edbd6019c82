import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { normalised } from '../../scripts/readme/walk.js';
import { sseComment } from '../../src/live/sse.rules.js';
import { eventProblems } from '../support/events/event-schemas.js';
import type { Visitor } from '../support/people/http-user.js';
import { typed } from '../support/programs/shell.js';
import { openShop, type Shop } from '../support/shop.js';

const THIS = 'test/docs/live.spec.ts';
const [CURL = '', SHOWN = '', PAGE = ''] = blocksFor(THIS, 'docs/live.md');
const [EVENT = ''] = blocksFor(THIS, 'docs/events.md');
const MINE = '/session-context/acme/me/context';

/** What the page calls: its token, what it does with an event, and the last id that it has. */
type Follow = (accessToken: string, show: (data: object) => void, lastId?: string) => Promise<void>;

/** What the text may be where it says `…`, and with ids of its own. */
const patternOf = (text: string): string =>
  text
    .replaceAll(/[\w]+…[\w.]+/g, '<id>')
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('<id>', String.raw`[\w.-]+`)
    .replaceAll('…', '.+');

/** An event without what no two events have in common. */
const alike = (event: string): string =>
  normalised(event)
    .replace(/(?<="id":")[^"]+/, '<id>')
    .replace(/(?<="sequence":")\d{12}/, '<sequence>');

describe('The pages about events', () => {
  let shop: Shop;
  let folder: string;
  beforeAll(async () => {
    shop = await openShop();
    folder = mkdtempSync('reports/live-');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await shop.close();
  });

  const withContext = async (): Promise<Visitor> => {
    const visitor = await shop.visitor();
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    return visitor;
  };
  const toDollars = async (visitor: Visitor): Promise<void> => {
    const { body } = await visitor.get(MINE).expect(200);
    await visitor.patch(MINE, { currency: 'USD', metadata: { version: body.metadata.version } });
    const form = { client_id: 'acme-storefront', token: visitor.accessToken };
    await shop.http.post('/oauth/revoke').type('form').send(form).expect(200);
  };

  it('show what curl prints of a stream, and an event as it is', async () => {
    const visitor = await withContext();
    let changed: Promise<void> | undefined;
    const { code, out } = await typed(CURL.replace('http://127.0.0.1:3000', shop.url), {
      env: { TOKEN: visitor.accessToken },
      onOut: () => (changed ??= toDollars(visitor)),
    });
    await changed;
    expect(code).toBe(0);
    const [messages = '', comment = ''] = SHOWN.split(/^(?=: )/m);
    expect(out).toMatch(new RegExp(`^${patternOf(messages)}`));
    expect(comment).toBe(sseComment('still here').trimEnd() + '\n');

    const sent = /^data: (.*context\.changed.*)$/m.exec(out)?.[1] ?? '';
    expect(eventProblems(JSON.parse(EVENT))).toEqual([]);
    expect(alike(EVENT)).toBe(alike(sent));
  });

  it('have code that follows a stream', async () => {
    const [imports = '', ...rest] = PAGE.split(/(?<=from '.+';\n)/);
    const body = rest.join('').replace('https://api.example.com', shop.url);
    const file = join(folder, 'page.ts');
    writeFileSync(
      file,
      `${imports}\nexport async function follow(accessToken, show, lastId) {\n${body}\n}\n`,
    );
    const { follow }: { follow: Follow } = await import(resolve(file));
    const visitor = await withContext();
    const seen: object[] = [];
    const asked = vi.spyOn(globalThis, 'fetch');
    const following = follow(visitor.accessToken ?? '', (data) => seen.push(data));
    await asked.mock.results[0]?.value;
    asked.mockRestore();
    await toDollars(visitor);
    await following;
    expect(seen).toEqual([expect.objectContaining({ currency: 'USD', version: 2 })]);
  });
});
