import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { AuditRepository } from '../../src/audit/audit.repository.js';
import type { AuditLine, AuditQuery } from '../../src/audit/audit.types.js';
import { lineIdOf } from '../../src/audit/line-id.rules.js';

const at = (ms: number): Date => new Date(Date.UTC(2026, 0, 15) + ms);
/** Later than MongoDB's own clock, which decides when lines are deleted. */
const LATER = new Date(Date.now() + 30 * 86_400_000);

let made = 0;

const aLine = (over: Partial<AuditLine> = {}): AuditLine => {
  const time = over.at ?? at(0);
  return {
    tenant: 'acme',
    id: lineIdOf(time, (made += 1), randomBytes(8).toString('hex')),
    at: time,
    actor: { kind: 'service', id: 'staff' },
    action: 'session.read',
    target: { kind: 'session', id: 's1' },
    network: '203.0.113.0/24',
    reason: 'half \ud83d a pair',
    result: 'ok',
    requestId: 'r1',
    erasedAt: LATER,
    ...over,
  };
};

/** What every adapter promises for the audit log. */
export function auditContract(audit: () => AuditRepository): void {
  const aTenant = () => `t${randomBytes(6).toString('hex')}`;
  const idsOf = async (tenant: string, query: Partial<AuditQuery> = {}) =>
    (await audit().list(tenant, { limit: 100, ...query })).lines.map(({ id }) => id);

  it('lists the lines of one tenant, newest first, as they were written', async () => {
    const tenant = aTenant();
    const { network: _network, reason: _reason, ...bare } = aLine({ tenant, at: at(1) });
    const lines = [aLine({ tenant }), bare, aLine({ tenant, at: at(2) })];
    await audit().append([...lines.toReversed(), aLine({ tenant: `${tenant}x` })]);
    expect(await audit().list(tenant, { limit: 10 })).toStrictEqual({ lines: lines.toReversed() });
    expect(await audit().list(`${tenant}y`, { limit: 10 })).toStrictEqual({ lines: [] });
  });

  it('keeps a line that is there, so that a failed call can be repeated', async () => {
    const tenant = aTenant();
    const line = aLine({ tenant });
    await audit().append([line]);
    await audit().append([{ ...line, reason: 'another' }, aLine({ tenant, at: at(1) })]);
    const { lines } = await audit().list(tenant, { limit: 10 });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toStrictEqual(line);
    await audit().append([]);
  });

  it('goes on behind the last line of a page, whatever was written meanwhile', async () => {
    const tenant = aTenant();
    const lines = Array.from({ length: 7 }, (_, i) => aLine({ tenant, at: at(Math.floor(i / 2)) }));
    await audit().append(lines);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await audit().list(tenant, { limit: 3, ...(before !== undefined && { before }) });
      seen.push(...page.lines.map(({ id }) => id));
      before = page.next;
      await audit().append([aLine({ tenant, at: at(99) })]);
    } while (before !== undefined);
    expect(seen).toEqual(lines.map(({ id }) => id).toReversed());
  });

  it('has no next page where the last one was full', async () => {
    const tenant = aTenant();
    await audit().append([aLine({ tenant }), aLine({ tenant })]);
    expect(await audit().list(tenant, { limit: 2 })).not.toHaveProperty('next');
    expect(await audit().list(tenant, { limit: 1 })).toHaveProperty('next');
  });

  it('finds lines by actor, action, target and result, and by all of them together', async () => {
    const tenant = aTenant();
    const lines = Array.from({ length: 64 }, (_, i) =>
      aLine({
        tenant,
        at: at(i),
        actor: i & 1 ? { kind: 'service', id: 'staff' } : { kind: 'service', id: 'desk' },
        action: i & 2 ? 'session.read' : 'client.list',
        target: { kind: 'session', id: i & 4 ? 's1' : 's2' },
        result: i & 8 ? 'ok' : 'forbidden',
      }),
    );
    await audit().append(lines);
    const queries: Partial<AuditQuery>[] = [
      { actor: 'desk' },
      { action: 'client.list' },
      { target: 's1' },
      { result: 'forbidden' },
      { actor: 'desk', action: 'session.read' },
      { target: 's1', result: 'ok' },
      { actor: 'staff', action: 'client.list', target: 's2', result: 'forbidden' },
      { actor: 'nobody' },
      { actor: 'staff', target: 'nothing' },
    ];
    for (const query of queries) {
      const expected = lines.filter(
        ({ actor, action, target, result }) =>
          (query.actor ?? actor.id) === actor.id &&
          (query.action ?? action) === action &&
          (query.target ?? target.id) === target.id &&
          (query.result ?? result) === result,
      );
      expect(await idsOf(tenant, query), JSON.stringify(query)).toEqual(
        expected.map(({ id }) => id).toReversed(),
      );
    }
  });

  it('finds lines from one moment up to another, in pages and with filters', async () => {
    const tenant = aTenant();
    const lines = Array.from({ length: 10 }, (_, i) => aLine({ tenant, at: at(i) }));
    await audit().append(lines);
    const ids = lines.map(({ id }) => id);
    const newest = (from: number, to: number) => ids.slice(from, to).toReversed();
    expect(await idsOf(tenant, { from: at(3), to: at(6) })).toEqual(newest(3, 6));
    expect(await idsOf(tenant, { from: at(7) })).toEqual(newest(7, 10));
    expect(await idsOf(tenant, { to: at(2) })).toEqual(newest(0, 2));
    expect(await idsOf(tenant, { actor: 'staff', from: at(3), to: at(6) })).toEqual(newest(3, 6));
    expect(await idsOf(tenant, { to: at(6), before: ids[9] ?? '' })).toEqual(newest(0, 6));
    expect(await idsOf(tenant, { to: at(6), before: ids[4] ?? '', from: at(1) })).toEqual(newest(1, 4));
    expect(await idsOf(tenant, { from: at(6), to: at(3) })).toEqual([]);
  });

  it('finds few lines among thousands, whichever filter singles them out', async () => {
    const tenant = aTenant();
    const many = Array.from({ length: 3000 }, (_, i) => aLine({ tenant, at: at(i) }));
    const few = [700, 2100].map((ms) =>
      aLine({ tenant, at: at(ms), actor: { kind: 'service', id: 'rare' }, result: 'not-found' }),
    );
    await audit().append([...many, ...few]);
    const ids = few.map(({ id }) => id).toReversed();
    expect(await idsOf(tenant, { action: 'session.read', actor: 'rare' })).toEqual(ids);
    expect(await idsOf(tenant, { action: 'session.read', result: 'not-found', target: 's1' })).toEqual(ids);
  });

  it('forgets a person as target and as actor, with the words of the actor, and counts', async () => {
    const tenant = aTenant();
    const customer = { kind: 'customer', id: 'anna' } as const;
    const { reason: _none, ...silent } = aLine({ tenant, target: customer });
    const lines = [
      silent,
      aLine({ tenant, at: at(1), actor: customer, target: { kind: 'client', id: 'c' } }),
      aLine({ tenant, at: at(2), target: { kind: 'session', id: 'hers' } }),
      aLine({ tenant, at: at(3), target: { kind: 'session', id: 'his' } }),
    ];
    await audit().append([...lines, aLine({ tenant: `${tenant}x`, target: customer })]);
    expect(await audit().anonymise(tenant, ['anna', 'hers', 'unheard-of'])).toBe(3);
    expect((await audit().list(tenant, { limit: 10 })).lines).toStrictEqual([
      lines[3],
      { ...lines[2], target: { kind: 'session', id: 'erased' }, reason: 'erased' },
      { ...lines[1], actor: { kind: 'customer', id: 'erased' }, reason: 'erased' },
      { ...silent, target: { kind: 'customer', id: 'erased' } },
    ]);
    expect(await idsOf(tenant, { target: 'anna' })).toEqual([]);
    expect(await idsOf(tenant, { actor: 'anna' })).toEqual([]);
    expect(await idsOf(tenant, { target: 'erased' })).toEqual([lines[2]?.id, silent.id]);
    expect(await audit().anonymise(tenant, ['anna', 'hers'])).toBe(0);
    expect(await idsOf(`${tenant}x`, { target: 'anna' })).toHaveLength(1);
  });
}
