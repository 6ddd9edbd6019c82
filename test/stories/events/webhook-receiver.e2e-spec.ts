import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Clock, SystemClock } from '../../../src/shared/clock.js';
import { openShop, type Shop } from '../../support/shop.js';
import type { TestClock } from '../../support/test-clock.js';

const WEBHOOKS = '/admin/acme/webhooks';

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
    const { body } = await employee.post(WEBHOOKS, { url, types: ['onesession.session.began'] }).expect(201);
    const env = { ...process.env, PORT: String(port), WEBHOOK_SECRET: body.secret };
    receiver = spawn(process.execPath, ['examples/webhook-receiver/server.js'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    receiver.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await vi.waitFor(() => expect(printed).toContain('listening'), 10_000);
    const shopper = await shop.visitor();
    await vi.waitFor(() => expect(printed).toContain(shopper.sessionId), 10_000);
    expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'onesession.session.began',
      subject: shopper.sessionId,
    });
    const forged = await fetch(url, { method: 'POST', body: '{"id":"1"}' });
    expect(forged.status).toBe(400);
    await employee.delete(`${WEBHOOKS}/${body.id}`).expect(204);
  });
});
