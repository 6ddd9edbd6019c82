import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BuiltService, type ServiceRun } from '../support/programs/built-service.js';
import { Collector } from '../support/programs/collector.js';
import { newMongoUri } from '../support/store/drivers.js';

describe('The service with several workers', () => {
  let built: BuiltService;
  let service: ServiceRun;

  const until = async <T>(find: () => Promise<T | undefined> | T | undefined): Promise<T> => {
    for (let tries = 0; tries < 300; tries += 1) {
      const found = await find();
      if (found !== undefined) return found;
      await pause(100);
    }
    throw new Error(`not within 30 s. It told:\n${service.said}${service.told}`);
  };

  const urlOf = async (): Promise<string> => (await service.listens()) ?? '';

  /** The processes that the service has started, by their ids. */
  const workersOf = ({ child: { pid } }: ServiceRun): readonly number[] =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

  /** On a connection of its own, so that any worker may get it. */
  const get = async (url: string): Promise<{ status: number | undefined; text: string }> => {
    const [answer] = (await once(request(url, { agent: false }).end(), 'response')) as [IncomingMessage];
    return { status: answer.statusCode, text: await textOf(answer) };
  };

  /** Each worker has a registry of its own; the sum is that of all. */
  const probesSeen = async (url: string): Promise<number> => {
    const { text } = await get(`${url}/metrics`);
    return Number(
      /^onesession_http_request_duration_seconds_count\{[^}]*health\/live[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0,
    );
  };

  beforeAll(() => void (built = BuiltService.build('workers')));
  afterAll(() => built.remove());
  afterEach(() => built.killAll());

  it('is refused on the embedded store, which belongs to one process', async () => {
    service = built.launch({ WORKERS: '2' });
    const code = await service.ended;
    expect(service.told).toContain('needs MONGODB_URI: the embedded store belongs to one process');
    expect(code).toBe(2);
  });

  it('tells what is wrong with its configuration once, and ends', async () => {
    service = built.launch({
      WORKERS: '2',
      MONGODB_URI: newMongoUri(),
      HOST: '203.0.113.9',
      EXPOSE_PUBLISHED_SECRETS: 'on',
    });
    const code = await service.ended;
    expect(`${service.said}${service.told}`.match(/HOST 203\.0\.113\.9 can't be used/g)).toHaveLength(1);
    expect(code).toBe(2);
  });

  it.runIf(process.platform === 'linux')(
    'shares a port and a store, replaces a lost worker, counts for all, and stops in good order',
    async () => {
      service = built.launch({ WORKERS: '2', MONGODB_URI: newMongoUri(), DRAIN_SECONDS: '0' });
      const running = service;
      const url = await urlOf();
      expect(running.said.match(/listens on/g)).toHaveLength(1);
      const workers = await until(() => (workersOf(running).length === 2 ? workersOf(running) : undefined));
      for (let i = 0; i < 10; i += 1) {
        const { status } = await get(`${url}/health/live`);
        expect(status).toBe(200);
      }
      expect(await until(async () => ((await probesSeen(url)) === 10 ? 10 : undefined))).toBe(10);

      const [lost = 0] = workers;
      process.kill(lost, 'SIGKILL');
      await until(() => {
        const now = workersOf(running);
        return now.length === 2 && !now.includes(lost) ? now : undefined;
      });
      expect((await get(`${url}/.well-known/jwks.json`)).status).toBe(200);

      expect(await running.stop()).toBe(0);
      expect(`${running.said}${running.told}`).toContain('a worker was lost; another takes its place');
    },
  );

  it('sends traces from each worker under an instance id of its own', { timeout: 60_000 }, async () => {
    const collector = await Collector.open();
    try {
      service = built.launch({
        WORKERS: '2',
        MONGODB_URI: newMongoUri(),
        OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=pod-a',
        ...collector.env,
      });
      const url = await urlOf();
      const instances = await until(async () => {
        await get(`${url}/.well-known/jwks.json`);
        const ids = new Set(collector.spans.map(({ resource }) => resource['service.instance.id']));
        return ids.size === 2 ? ids : undefined;
      });
      expect([...instances].sort()).toEqual(['pod-a-1', 'pod-a-2']);
    } finally {
      collector.close();
    }
  });
});
