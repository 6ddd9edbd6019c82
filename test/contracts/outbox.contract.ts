import { expect, it } from 'vitest';
import type { OutboxMail } from '../../src/mail/mail.types.js';
import type { OutboxRepository } from '../../src/mail/outbox.repository.js';
import { newId } from '../../src/shared/ids.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 15, 12, 0, seconds));
/** Later than MongoDB's own clock, which decides when expired records are deleted. */
const LATER = new Date(Date.now() + 30 * 86_400_000);

const aMail = (over: Partial<OutboxMail> = {}): OutboxMail => ({
  tenant: 'acme',
  id: newId(),
  kind: 'email-change',
  customerId: 'c1',
  newEmail: 'new@acme.test',
  syncContactEmail: true,
  state: 'waiting',
  attempts: 1,
  dueAt: at(30),
  claim: 'one',
  lastError: 'ECONNREFUSED',
  createdAt: at(0),
  modifiedAt: at(1),
  erasedAt: LATER,
  ...over,
});

/** What every adapter promises for mails. */
export function outboxContract(outbox: () => OutboxRepository): void {
  const dueIds = async (now: Date, ours: readonly OutboxMail[], limit = 1000) =>
    (await outbox().due(now, limit)).map(({ id }) => id).filter((id) => ours.some((mail) => mail.id === id));

  it('finds the mails of all tenants that are due, longest waiting first, and no others', async () => {
    const [early, late, future] = [
      aMail({ dueAt: at(10) }),
      aMail({ dueAt: at(20) }),
      aMail({ dueAt: at(99) }),
    ];
    const elsewhere = aMail({ tenant: 'globex', dueAt: at(15) });
    const { dueAt: _none, ...rest } = aMail();
    const sent: OutboxMail = { ...rest, state: 'sent' };
    const all = [late, future, elsewhere, early, sent];
    for (const mail of all) await outbox().add(mail);
    expect(await dueIds(at(20), all)).toEqual([early.id, elsewhere.id, late.id]);
    expect(await outbox().due(at(20), 1)).toHaveLength(1);
    expect((await outbox().due(at(20), 1000)).find(({ id }) => id === early.id)).toEqual(early);
  });

  it('is taken by one of twenty callers at once, and is then no longer due', async () => {
    const mail = aMail({ attempts: 0, dueAt: at(0) });
    await outbox().add(mail);
    const take = (_: unknown, i: number) =>
      outbox().change('acme', mail.id, (current) =>
        current.attempts > 0 ? current : { ...current, attempts: 1, claim: `${i}`, dueAt: at(120) },
      );
    const seen = await Promise.all(Array.from({ length: 20 }, take));
    expect(new Set(seen.map((one) => one?.claim)).size).toBe(1);
    expect(await dueIds(at(60), [mail])).toEqual([]);
    expect(await dueIds(at(120), [mail])).toEqual([mail.id]);
  });

  it('changes a mail only for its tenant, and is not due without a date', async () => {
    const mail = aMail({ dueAt: at(0) });
    await outbox().add(mail);
    expect(await outbox().change('globex', mail.id, () => expect.unreachable())).toBeUndefined();
    const kept = await outbox().change('acme', mail.id, ({ dueAt: _over, ...rest }) => ({
      ...rest,
      state: 'kept',
      letter: { to: 'new@acme.test', subject: 'Hello', text: 'one\ntwo' },
    }));
    expect(kept).toMatchObject({ state: 'kept', letter: { text: 'one\ntwo' } });
    expect(await dueIds(at(9999), [mail])).toEqual([]);
  });

  it('lists the mails of one tenant in pages, with a total on request', async () => {
    const tenant = `t${newId().slice(0, 12)}`;
    const mails = [1, 3, 2].map((second) => aMail({ tenant, createdAt: at(second), state: 'sent' }));
    for (const mail of mails) await outbox().add(mail);
    const page = (skip: number, counted: boolean) =>
      outbox().list(tenant, {
        filter: [{ op: 'eq', path: 'state', value: 'sent' }],
        order: { path: 'createdAt', descending: true },
        skip,
        limit: 2,
        counted,
      });
    expect(await page(0, true)).toEqual({ rows: [mails[1], mails[2]], total: 3 });
    expect(await page(2, false)).toEqual({ rows: [mails[0]] });
  });

  it('is removed for its tenant, and is then no longer due', async () => {
    const mail = aMail({ dueAt: at(0) });
    await outbox().add(mail);
    expect(await outbox().remove('globex', mail.id)).toBe(false);
    expect(await outbox().remove('acme', mail.id)).toBe(true);
    expect(await outbox().remove('acme', mail.id)).toBe(false);
    expect(await dueIds(at(60), [mail])).toEqual([]);
  });
}
