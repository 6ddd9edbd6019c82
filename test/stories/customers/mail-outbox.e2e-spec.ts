import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { mailedToken, tokenIn } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';
import { SmtpServer } from '../../support/programs/smtp-server.js';

const OUTBOX = '/admin/acme/outbox';
const RESET = '/customer/acme/password/reset';
const ANNA = 'anna@acme.test';

describe('Mails go out by SMTP', () => {
  const smtp = new SmtpServer();
  let shop: Shop;
  let admin: ServiceUser;
  const newest = async () =>
    (await admin.get(OUTBOX).expect(200)).body.find(
      ({ kind }: { kind: string }) => kind === 'password-reset',
    );
  const ask = async () => {
    shop.clock.advanceSeconds(1);
    await (await shop.visitor()).post(RESET, { email: ANNA }).expect(204);
  };
  /** Quoted-printable (RFC 2045 section 6.7) breaks long lines. */
  const readable = (data: string) => data.replaceAll('=\r\n', '').replaceAll('=3D', '=');

  beforeAll(async () => {
    const env = {
      SMTP_URL: await smtp.open(),
      MAIL_FROM: 'shop@acme.test',
      STOREFRONT_URL: 'https://shop.test/',
    };
    shop = await openShop({ env });
    admin = await shop.service();
  });
  afterAll(async () => {
    await shop.close();
    await smtp.close();
  });

  it('to the customer, with a link to the storefront that works [W-21]', async () => {
    await ask();
    await vi.waitFor(() => expect(smtp.mails).toHaveLength(1));
    const [mail] = smtp.mails;
    expect(mail).toMatchObject({ from: 'shop@acme.test', to: ANNA });
    const data = readable(mail?.data ?? '');
    expect(data).toMatch(/^Subject: Set a new password\r$/m);
    expect(data).toMatch(/^Message-ID: <[0-9a-f]{24}@acme\.test>\r$/m);
    const token = tokenIn(data);
    expect(data).toContain(`https://shop.test/password-reset?token=${token}`);
    await (await shop.visitor()).post(`${RESET}/update`, { token, password: 'anna-likes-rain' }).expect(204);
    await vi.waitFor(() => expect(smtp.mails).toHaveLength(2));
    expect(smtp.mails[1]?.data).toMatch(/^Subject: Your password was changed\r$/m);
  });

  it('and nobody can read them afterwards: neither an administrator nor the store has the token', async () => {
    const sent = await vi.waitFor(async () => {
      const mail = await newest();
      expect(mail.state).toBe('sent');
      return mail;
    });
    expect(sent).toEqual({
      id: expect.any(String),
      kind: 'password-reset',
      state: 'sent',
      attempts: 1,
      to: ANNA,
      createdAt: expect.any(String),
      modifiedAt: expect.any(String),
    });
    const token = tokenIn(readable(smtp.mails[0]?.data ?? ''));
    const stored = await shop.storage.outbox.change('acme', sent.id, (mail) => mail);
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  it('later if the server is away, while the request is answered all the same', async () => {
    await smtp.close();
    await ask();
    const failed = await vi.waitFor(async () => {
      const mail = await newest();
      expect(mail.lastError).toBe('ESOCKET');
      return mail;
    });
    expect(failed).toMatchObject({ state: 'waiting', attempts: 1, nextAttemptAt: expect.any(String) });
    await smtp.open();
    shop.clock.advanceSeconds(30);
    // The next mail wakes the worker, which finds that the older one is due too.
    await ask();
    await vi.waitFor(() => expect(smtp.mails).toHaveLength(4));
  });

  it('never if the server refuses the address for good', async () => {
    smtp.rcptAnswer = '550 no such mailbox';
    await ask();
    await vi.waitFor(async () => {
      expect(await newest()).toMatchObject({ state: 'given-up', lastError: '550', attempts: 1 });
    });
    const { text } = await shop.http.get('/metrics').expect(200);
    expect(text).toMatch(/onesession_mails_total\{kind="password-reset",outcome="sent"\} 3/);
    expect(text).toMatch(/onesession_mails_total\{kind="password-reset",outcome="given-up"\} 1/);
  });

  it('only once, with two instances running', async () => {
    smtp.rcptAnswer = '250 OK';
    const before = smtp.mails.length;
    const second = await shop.secondInstance();
    for (let i = 0; i < 10; i += 1) await ask();
    await vi.waitFor(() => expect(smtp.mails).toHaveLength(before + 10));
    const ids = smtp.mails.map(({ data }) => /^Message-ID: (\S+)/m.exec(data)?.[1]);
    expect(new Set(ids).size).toBe(smtp.mails.length);
    await second.close();
  });
});

describe('The outbox of a tenant', () => {
  let shop: Shop;
  let admin: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    admin = await shop.service();
    for (const email of [ANNA, 'ben@acme.test']) {
      await (await shop.visitor()).post(RESET, { email }).expect(204);
      await mailedToken(shop, email);
      shop.clock.advanceSeconds(1);
    }
  });
  afterAll(() => shop.close());

  it('is read in pages, newest first [W-60]', async () => {
    const { body, headers } = await admin
      .get(`${OUTBOX}?pageSize=1`)
      .set('x-total-count', 'true')
      .expect(200);
    expect(body).toMatchObject([{ to: 'ben@acme.test', state: 'kept', letter: { to: 'ben@acme.test' } }]);
    expect(headers['x-total-count']).toBe('2');
    const second = await admin.get(`${OUTBOX}?pageSize=1&pageNumber=2`).expect(200);
    expect(second.body).toMatchObject([{ to: ANNA }]);
    const found = await admin.get(`${OUTBOX}?q=to:${ANNA}`).expect(200);
    expect(found.body).toMatchObject([{ to: ANNA }]);
    await admin.get(`${OUTBOX}?pageSize=0`).expect(400);
  });

  it('is for callers with the scope, in their own tenant [W-43, C-05]', async () => {
    const { body } = await (await shop.service('acme-readonly')).get(OUTBOX).expect(403);
    expect(body.details).toEqual(['missing scope: customer.customer_manage']);
    await (await shop.visitor()).get(OUTBOX).expect(403);
    expect((await shop.http.get(OUTBOX).expect(401)).body).toHaveProperty('fault');
    await admin.get('/admin/globex/outbox').expect(403);
    const globex = await shop.service('globex-backend');
    expect((await globex.get('/admin/globex/outbox').expect(200)).body).toEqual([]);
  });

  it('forgets a mail after two weeks', async () => {
    shop.clock.advanceDays(14);
    const later = await shop.service();
    expect((await later.get(OUTBOX).expect(200)).body).toEqual([]);
    await shop.storage.sweep(shop.clock.now());
  });
});
