import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctl } from '../../support/programs/ctl.js';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const ANNA = 'anna@acme.test';

describe('Support looks after customers at the command line', () => {
  let shop: Shop;
  let ctl: Ctl;
  let anna: Visitor;
  let folder: string;
  beforeAll(async () => {
    shop = await openShop();
    ctl = Ctl.ofBackend(shop.url);
    folder = mkdtempSync(join(tmpdir(), 'onesession-ctl-'));
    anna = await shop.visitor();
    await anna.logIn(ANNA, 'demo-Anna-2026');
  });
  afterAll(async () => {
    ctl.remove();
    rmSync(folder, { recursive: true });
    await shop.close();
  });

  it('and finds them', async () => {
    const found = await ctl.json(['customers', 'find', '--search', 'ann'], 'FoundCustomersDto');
    expect(found.items).toMatchObject([{ email: ANNA, sessions: 1 }]);
    expect(await ctl.json(['customers', 'find', '--email', 'ANNA@acme.test'])).toEqual(found);
    expect(await ctl.prints(['customers', 'find'])).toMatch(/^\S+ +anna@acme\.test +.* 1 +\d{4}-/m);
  });

  it('and shows one of them', async () => {
    const one = await ctl.json(['customers', 'show', 'ANNA@acme.test'], 'CustomerDetailsDto');
    expect(one).toMatchObject({ email: ANNA, groups: ['gold'], sessions: 1, active: true });
    const text = await ctl.prints(['customers', 'show', one.id]);
    expect(text).toMatch(/^Customer +\S+\nE-mail +anna@acme\.test$/m);
    expect(text).toMatch(/^Blocked +no$/m);
    expect(await ctl.fails(['customers', 'show', 'none'], 5)).toContain('none');
  });

  it('and sees who is blocked, and how', async () => {
    const staff = await shop.service();
    const { items } = await ctl.json(['customers', 'find', '--email', 'ben@acme.test']);
    const ben = `/customer/acme/customers/${items[0].id}`;
    for (const [change, how] of [
      [{ active: false }, 'inactive'],
      [{ onHold: true }, 'inactive, on hold'],
      [{ active: true }, 'on hold'],
    ] as const) {
      await staff.patch(ben, change).expect(200);
      const shown = await ctl.prints(['customers', 'show', 'ben@acme.test']);
      expect(shown).toMatch(new RegExp(`^Blocked +${how}$`, 'm'));
      const found = await ctl.prints(['customers', 'find', '--email', 'ben@acme.test']);
      expect(found).toMatch(new RegExp(`ben@acme\\.test .* ${how} +0 +\\d{4}-`));
    }
    await staff.patch(ben, { onHold: false }).expect(200);
  });

  it('and exports what is held of a person, into a file that only they can read', async () => {
    const words = ['customers', 'export', ANNA];
    // Each export adds a line to the audit log.
    const { auditLines, ...exported } = await ctl.json(words, 'ExportedPersonDto');
    expect(auditLines).toEqual(expect.any(Array));
    expect(exported.customer).toMatchObject({ contactEmail: ANNA });
    const file = join(folder, 'anna.json');
    expect(await ctl.json([...words, '--output', file])).toEqual({ file });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(exported);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await ctl.fails([...words, '--output', file], 1)).toContain("can't be written");
    const lines = (await ctl.prints([...words, '--ndjson'])).trim().split('\n');
    const kinds = lines.map((line) => JSON.parse(line).kind);
    expect(kinds.filter((kind) => kind !== 'auditLine')).toEqual(['customer', 'session']);
  });

  it('and logs them out everywhere, asking first', async () => {
    expect(await ctl.fails(['customers', 'end-sessions', ANNA], 6)).toContain('Add --yes');
    const words = ['customers', 'end-sessions', ANNA, '--yes', '--reason', 'phone stolen'];
    expect(await ctl.json(words, 'EndedSessionsDto')).toEqual({ ended: 1 });
    await anna.get('/customer/acme/me').expect(401);
    const { lines } = await shop.storage.audit.list('acme', { action: 'customer.end-sessions', limit: 1 });
    expect(lines).toMatchObject([{ reason: 'phone stolen' }]);
  });

  it('and erases them, asking first', async () => {
    const { items } = await ctl.json(['customers', 'find', '--email', ANNA]);
    await ctl.fails(['customers', 'erase', ANNA], 6);
    const { erased } = await ctl.json(['customers', 'erase', items[0].id, '--yes'], 'ErasedPersonDto');
    expect(erased).toMatchObject({ customers: 1 });
    expect(await ctl.fails(['customers', 'erase', ANNA, '--yes'], 5)).toBe(`acme has no customer ${ANNA}\n`);
    await ctl.fails(['customers', 'erase', items[0].id, '--yes'], 5);
  });

  it('and is told what was wrong', async () => {
    const support = { ONESESSION_CLIENT_ID: 'acme-support', ONESESSION_CLIENT_SECRET: 'acme-support-secret' };
    const BEN = 'ben@acme.test';
    for (const words of [
      ['export', BEN],
      ['end-sessions', BEN, '--yes'],
      ['erase', BEN, '--yes'],
    ]) {
      expect(await ctl.with(support).fails(['customers', ...words], 4)).toContain('customer.customer_manage');
      await ctl.fails(['customers', ...words.with(1, 'unknown')], 5);
      await ctl.with({ ONESESSION_URL: 'http://127.0.0.1:2' }).fails(['customers', ...words], 3);
    }
    await ctl.with({ ONESESSION_CLIENT_SECRET: 'wrong' }).fails(['customers', 'find'], 4);
    await ctl.with({ ONESESSION_URL: 'http://127.0.0.1:2' }).fails(['customers', 'find'], 3);
  });
});
