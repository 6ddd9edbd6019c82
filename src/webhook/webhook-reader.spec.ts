import { describe, expect, it } from 'vitest';
import { standIn } from '../../test/support/stand-in.js';
import { MemoryEvents } from '../../test/support/events/memory-events.js';
import { TestClock } from '../../test/support/test-clock.js';
import { aWebhook } from '../../test/support/events/webhooks.js';
import type { DeliveryRepository } from './delivery.repository.js';
import type { WebhookLease } from './webhook-lease.js';
import { WebhookReader } from './webhook-reader.js';
import type { Delivery, WebhookCursor } from './webhook.types.js';

describe('A webhook that reads the log', () => {
  const webhook = aWebhook({ id: 'w1', types: ['onesession.context.*'] });
  const start: WebhookCursor = { tenant: 'acme', webhookId: 'w1' };

  const setUp = ({ open = 0 } = {}) => {
    const log = new MemoryEvents();
    const stored = new Map<string, Delivery>();
    const state = { position: undefined as string | undefined, crashes: false };
    const deliveries = standIn<DeliveryRepository>({
      countOpen: async () => open,
      add: async (made) => {
        for (const one of made) if (!stored.has(one.id)) stored.set(one.id, one);
      },
    });
    const lease = standIn<WebhookLease>({
      advance: async (_cursor, position) => {
        if (state.crashes) throw new Error('killed');
        state.position = position;
      },
    });
    const clock = new TestClock();
    const lags: number[] = [];
    const meter = { lag: (seconds: number) => void lags.push(seconds), delivery: () => undefined };
    const reader = new WebhookReader(log, deliveries, lease, meter, clock);
    return { log, stored, state, reader, clock, lags };
  };

  it('makes deliveries of the events that it wants, and skips the rest [D-45]', async () => {
    const { log, stored, state, reader } = setUp();
    const [, wanted, last] = log.write(
      { type: 'onesession.session.began' },
      { type: 'onesession.context.created' },
      { type: 'onesession.cart.created' },
    );
    expect(await reader.hasMore(start)).toBe(true);
    expect(await reader.readSome(webhook, start)).toBe(false);
    expect([...stored.values()].map(({ eventId }) => eventId)).toEqual([wanted?.event.id]);
    expect(state.position).toBe(last?.position);
    expect(await reader.hasMore({ ...start, position: last?.position ?? '' })).toBe(false);
  });

  it('that is killed before it has stored its position makes the same deliveries again, and no others [D-45]', async () => {
    const { log, stored, state, reader } = setUp();
    log.write({}, {}, {});
    state.crashes = true;
    await expect(reader.readSome(webhook, start)).rejects.toThrow('killed');
    const ids = [...stored.keys()];
    expect(ids).toHaveLength(3);
    state.crashes = false;
    await reader.readSome(webhook, start);
    expect([...stored.keys()]).toEqual(ids);
  });

  it('reads a hundred at once, and no further while too many are open [D-46]', async () => {
    const { log, stored, reader } = setUp();
    log.write(...Array.from({ length: 150 }, () => ({})));
    expect(await reader.readSome(webhook, start)).toBe(true);
    expect(stored.size).toBe(100);
    const full = setUp({ open: 10_000 });
    const [event] = full.log.write({});
    full.clock.advanceSeconds(90);
    expect(await full.reader.readSome(webhook, start)).toBe(false);
    expect(full.stored.size).toBe(0);
    const age = full.clock.now().getTime() - (event?.event.time.getTime() ?? 0);
    expect(full.lags).toEqual([age / 1000]);
  });
});
