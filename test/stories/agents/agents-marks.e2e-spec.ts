import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../../scripts/guide/blocks.js';
import type { HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { McpAgent } from '../../support/people/mcp-agents.js';
import { openShop, type Shop } from '../../support/shop.js';
import { Subscriber, typesOf } from '../../support/events/subscriber.js';
import { lines, PROFILE, ShoppingAgent } from '../../ucp/agent.js';

const CARTS = '/cart/acme/carts';
const MINE = '/session-context/acme/me/context';
const ON_MAIN = { siteCode: 'main', currency: 'EUR' };

describe('What an agent changes', () => {
  let shop: Shop;
  let support: ServiceUser;
  const agents: McpAgent[] = [];
  beforeAll(async () => {
    shop = await openShop({ env: { MCP: 'on' } });
    support = await shop.service('acme-support');
  });
  afterAll(async () => {
    for (const agent of agents) await agent.close();
    await shop.close();
  });

  const agentWith = async (user: HttpUser): Promise<McpAgent> => {
    const agent = await McpAgent.of(shop.url, user);
    agents.push(agent);
    return agent;
  };
  const historyOf = async (sessionId: string) =>
    (await support.get(`/admin/acme/sessions/${sessionId}/history`).expect(200)).body.items;
  const shopper = async (): Promise<Visitor> => {
    const visitor = await shop.visitor();
    await visitor.post(CARTS, ON_MAIN).expect(201);
    return visitor;
  };

  describe('with the token of a shopper', () => {
    const by = { kind: 'agent', id: 'acme-storefront' };

    it('is told as the agent’s, from the first cart on', async () => {
      const visitor = await shop.visitor();
      const agent = await agentWith(visitor);
      await agent.call('cart_add', { productId: 'umbrella', quantity: 2 });
      const items = await historyOf(visitor.sessionId);
      for (const item of items) expect(item.by).toEqual(by);
      const [told = ''] = blocksFor('test/stories/agents/agents-marks.e2e-spec.ts', 'docs/agents.md');
      expect(items[0]).toMatchObject(JSON.parse(told));
      expect(items.map(({ source }: { source: string }) => source)).toContain('site');
    });

    it('has the agent as its source, also for values that follow the cart', async () => {
      const visitor = await shopper();
      const agent = await agentWith(visitor);
      const change = { currency: 'USD', language: 'de', attributes: { gift: true } };
      expect((await agent.call('context_change', change)).isError).toBe(false);
      const items = await historyOf(visitor.sessionId);
      expect(items.slice(0, 2)).toMatchObject([
        {
          by,
          source: 'agent',
          changes: [
            { field: 'language', from: 'en', to: 'de' },
            { field: 'context.gift', to: true },
          ],
        },
        { by, source: 'cart', changes: [{ field: 'currency', from: 'EUR', to: 'USD' }] },
      ]);
      const { body } = await support.get(`/admin/acme/sessions/${visitor.sessionId}`).expect(200);
      expect(JSON.stringify(body)).toContain('"source":"agent"');
    });

    it('names the pieces of each product, before and after', async () => {
      const visitor = await shop.visitor();
      const agent = await agentWith(visitor);
      const { result: cart } = await agent.call('cart_add', { productId: 'umbrella', quantity: 2 });
      const lineId = cart.items[0].id;
      await agent.call('cart_change_line', { lineId, quantity: 5 });
      await agent.call('cart_change_line', { lineId, quantity: 0 });
      expect((await historyOf(visitor.sessionId)).slice(0, 2)).toMatchObject([
        { by, changes: [{ field: 'cart.umbrella', from: 5 }] },
        { by, changes: [{ field: 'cart.umbrella', from: 2, to: 5 }] },
      ]);
    });

    it('is not mixed up with what the shopper changes at the same time', async () => {
      const visitor = await shopper();
      const agent = await agentWith(visitor);
      await Promise.all(
        Array.from({ length: 10 }, async (_, i) => {
          await visitor.post(`${MINE}/attributes`, { key: `own${i}`, value: i }).expect(201);
          await agent.call('context_change', { attributes: { [`theirs${i}`]: i } });
        }),
      );
      const items = await historyOf(visitor.sessionId);
      for (const { by: who, changes } of items) {
        const [{ field }] = changes;
        if (field.startsWith('context.own')) expect(who).toEqual({ kind: 'shopper' });
        if (field.startsWith('context.theirs')) expect(who).toEqual(by);
      }
      const fields = items.flatMap(({ changes }: { changes: { field: string }[] }) => changes);
      expect(fields.filter(({ field }: { field: string }) => field.startsWith('context.own'))).toHaveLength(
        10,
      );
    });
  });

  describe('with the token of a client', () => {
    const by = { kind: 'agent', id: 'acme-backend' };

    it('is told as the agent’s, with its reason, in the history and in the audit log', async () => {
      const { sessionId } = await shopper();
      const agent = await agentWith(await shop.service());
      const reason = 'She asked for dollars';
      const change = { sessionId, currency: 'USD', reason };
      expect((await agent.call('context_change', change)).isError).toBe(false);
      const [first] = await historyOf(sessionId);
      expect(first).toMatchObject({
        by,
        source: 'agent',
        reason,
        changes: [{ field: 'currency', from: 'EUR', to: 'USD' }],
      });
      const auditor = await shop.service();
      const { body } = await auditor
        .get(`/admin/acme/audit?target=${sessionId}&action=session.change`)
        .expect(200);
      expect(body.items).toMatchObject([{ actor: by, reason, result: 'ok' }]);
    });

    it('is the employee’s where no agent acts', async () => {
      const { sessionId } = await shopper();
      const staff = await shop.service();
      const change = { currency: 'USD', metadata: { version: 1 } };
      await staff.patch(`/admin/acme/sessions/${sessionId}/context`, change).expect(200);
      const [first] = await historyOf(sessionId);
      expect(first).toMatchObject({ by: { kind: 'employee', id: 'acme-backend' }, source: 'employee' });
      const { body } = await staff
        .get(`/admin/acme/audit?target=${sessionId}&action=session.change`)
        .expect(200);
      expect(body.items).toMatchObject([{ actor: { kind: 'service', id: 'acme-backend' } }]);
    });

    it('is noted in the session that the cart belongs to, and in no other', async () => {
      const visitor = await shopper();
      const other = await shopper();
      const { cartId } = (await visitor.get(MINE).expect(200)).body;
      const agent = await agentWith(await shop.service());
      const line = { cartId, productId: 'raincoat', quantity: 1 };
      await agent.call('cart_add', { ...line, sessionId: visitor.sessionId });
      const [first] = await historyOf(visitor.sessionId);
      expect(first).toMatchObject({ by, changes: [{ field: 'cart.raincoat', to: 1 }] });
      await agent.call('cart_add', { ...line, sessionId: other.sessionId });
      expect(JSON.stringify(await historyOf(other.sessionId))).not.toContain('cart.raincoat');
    });
  });

  it('is told to subscribers as the agent’s [D-40]', async () => {
    const subscriber = await Subscriber.of(shop);
    const visitor = await shopper();
    const agent = await agentWith(visitor);
    await agent.call('context_change', { language: 'de' });
    const staff = await agentWith(await shop.service());
    await staff.call('context_change', { sessionId: visitor.sessionId, targetLocation: 'AT', reason: 'x' });
    const types = ['session.began', 'context.created', 'context.changed', 'context.changed'];
    const events = await subscriber.awaited(visitor.sessionId, ...types);
    expect(typesOf(events)).toEqual(types);
    expect(events.map(({ data }) => data['by'] ?? data['dialect'])).toEqual([
      'emporix',
      { kind: 'cart', id: expect.any(String) },
      { kind: 'agent', id: 'acme-storefront' },
      { kind: 'agent', id: 'acme-backend' },
    ]);
    await subscriber.leave();
  });

  it('is told in the same way by UCP, with the profile that the agent claims', async () => {
    const agent = new ShoppingAgent(await shop.service('acme-agent'));
    const { body: cart } = await agent.create(lines(['umbrella', 2])).expect(201);
    const { body } = await support.get(`/admin/acme/sessions?cartId=${cart.id}`).expect(200);
    const [{ sessionId }] = body.items;
    for (const item of await historyOf(sessionId))
      expect(item.by).toEqual({ kind: 'agent', id: 'acme-agent', agent: PROFILE });
    const auditor = await shop.service();
    const { body: log } = await auditor.get('/admin/acme/audit?action=agent-cart.create').expect(200);
    expect(log.items).toMatchObject([{ actor: { kind: 'agent', id: 'acme-agent' } }]);
  });
});
