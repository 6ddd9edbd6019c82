import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Collector } from '../support/collector.js';
import { newMongoUri } from '../support/drivers.js';

const BUILT = 'reports/workers';
const MAIN = `${BUILT}/main.js`;

describe('The service with several workers', () => {
  let service: ChildProcess | undefined;
  let told = '';

  const launch = (env: NodeJS.ProcessEnv): ChildProcess => {
    const { PATH, HOME } = process.env;
    told = '';
    const child = spawn(process.execPath, [MAIN], { env: { PATH, HOME, PORT: '0', ...env }, stdio: 'pipe' });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => (told += text.toString()));
    return child;
  };

  const until = async <T>(find: () => Promise<T | undefined> | T | undefined): Promise<T> => {
    for (let tries = 0; tries < 300; tries += 1) {
      const found = await find();
      if (found !== undefined) return found;
      await pause(100);
    }
    throw new Error(`not within 30 s. It told:\n${told}`);
  };

  const urlOf = (): Promise<string> => until(() => /listens on (\S+)/.exec(told)?.[1]);

  /** The processes that the service has started, by their ids. */
  const workersOf = ({ pid }: ChildProcess): readonly number[] =>
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

  beforeAll(() => void execFileSync(process.execPath, ['scripts/build.ts', 'src/main.ts', BUILT]));
  afterAll(() => rmSync(BUILT, { recursive: true }));
  afterEach(async () => {
    if (service?.exitCode === null && service.signalCode === null) {
      service.kill('SIGKILL');
      await once(service, 'close');
    }
    service = undefined;
  });

  it('is refused on the embedded store, which belongs to one process', async () => {
    service = launch({ WORKERS: '2' });
    const [code] = await once(service, 'close');
    expect(told).toContain('needs MONGODB_URI: the embedded store belongs to one process');
    expect(code).toBe(2);
  });

  it('tells what is wrong with its configuration once, and ends', async () => {
    service = launch({
      WORKERS: '2',
      MONGODB_URI: newMongoUri(),
      HOST: '203.0.113.9',
      EXPOSE_PUBLISHED_SECRETS: 'on',
    });
    const [code] = await once(service, 'close');
    expect(told.match(/HOST 203\.0\.113\.9 can't be used/g)).toHaveLength(1);
    expect(code).toBe(2);
  });

  it.runIf(process.platform === 'linux')(
    'shares a port and a store, replaces a lost worker, counts for all, and stops in good order',
    async () => {
      service = launch({ WORKERS: '2', MONGODB_URI: newMongoUri(), DRAIN_SECONDS: '0' });
      const running = service;
      const url = await urlOf();
      expect(told.match(/listens on/g)).toHaveLength(1);
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

      running.kill('SIGTERM');
      const [code] = await once(running, 'close');
      expect(code).toBe(0);
      expect(told).toContain('a worker was lost; another takes its place');
    },
  );

  it('sends traces from each worker under an instance id of its own', { timeout: 60_000 }, async () => {
    const collector = await Collector.open();
    try {
      const running = launch({
        WORKERS: '2',
        MONGODB_URI: newMongoUri(),
        OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=pod-a',
        ...collector.env,
      });
      service = running;
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
