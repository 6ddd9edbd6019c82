import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { blocksFor } from '../../../scripts/guide/blocks.js';
import { type Clock, SystemClock } from '../../../src/shared/clock.js';
import { started, typed } from '../../support/programs/shell.js';
import { openShop, type Shop } from '../../support/shop.js';
import type { TestClock } from '../../support/test-clock.js';

const WEBHOOKS = '/admin/acme/webhooks';
const [CREATE = '', START = ''] = blocksFor(
  'test/stories/events/webhook-receiver.e2e-spec.ts',
  'examples/webhook-receiver/README.md',
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

describe('The example receiver', () => {
  let shop: Shop;
  let receiver: ChildProcess | undefined;
  beforeAll(async () => {
    // The receiver is another process, and compares the timestamp with the time of day.
    const clock: Clock = new SystemClock();
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' }, clock: clock as TestClock });
  });
  afterAll(async () => {
    receiver?.kill();
    await shop.close();
  });

  it('verifies the signature of each event, prints it, and refuses what is not signed [D-45]', async () => {
    const employee = await shop.service();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const create = CREATE.replace('http://127.0.0.1:3000', shop.url).replace('http://127.0.0.1:4001/', url);
    const { code, said, out } = await typed(create.replace('curl', 'curl -fsS'), {
      env: { TOKEN: employee.accessToken },
    });
    expect(code, said).toBe(0);
    const webhook = JSON.parse(out);
    receiver = started(START.replace('whsec_…', webhook.secret), { PORT: String(port) });
    let printed = '';
    receiver.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await vi.waitFor(() => expect(printed).toContain('listening'), 10_000);
    const shopper = await shop.visitor();
    await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await vi.waitFor(() => expect(printed).toContain(shopper.sessionId), 10_000);
    expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'onesession.context.created',
      subject: shopper.sessionId,
    });
    const forged = await fetch(url, { method: 'POST', body: '{"id":"1"}' });
    expect(forged.status).toBe(400);
    await employee.delete(`${WEBHOOKS}/${webhook.id}`).expect(204);
  });
});
