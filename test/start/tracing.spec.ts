import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { BuiltService, type ServiceRun } from '../support/programs/built-service.js';
import { Collector } from '../support/programs/collector.js';

/** Loaded before the service: it tells each module that is loaded. */
const TELL_MODULES = `
  import { registerHooks } from 'node:module';
  import { appendFileSync } from 'node:fs';
  registerHooks({ load: (url, context, next) => {
    appendFileSync(process.env.LOADED, url + '\\n');
    return next(url, context);
  } });
`;

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

/** A class of OpenTelemetry's SDK, whose name the build keeps. */
const SDK = 'BatchSpanProcessor';

describe('The built service', () => {
  let built: BuiltService;
  let folder: string;
  let service: ServiceRun | undefined;
  let collector: Collector | undefined;

  const launch = async (env: NodeJS.ProcessEnv): Promise<string> => {
    const loaded = join(folder, 'loaded');
    rmSync(loaded, { force: true });
    const own = { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error', LOADED: loaded, DRAIN_SECONDS: '0' };
    const preload = `data:text/javascript,${encodeURIComponent(TELL_MODULES)}`;
    service = built.launch({ ...own, ...env }, ['--import', preload]);
    return (await service.listens()) ?? '';
  };

  const loadedSdk = (): readonly string[] =>
    readFileSync(join(folder, 'loaded'), 'utf8')
      .split('\n')
      .filter((url) => url.startsWith('file:') && readFileSync(new URL(url), 'utf8').includes(SDK));

  const stop = async (): Promise<number | null> => (await service?.stop()) ?? null;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'onesession-tracing-'));
    built = BuiltService.build('start-tracing');
  });
  afterEach(async () => {
    await built.killAll();
    collector?.close();
  });
  afterAll(async () => {
    await built.remove();
    rmSync(folder, { recursive: true });
  });

  it('loads nothing of tracing unless its settings turn it on', async () => {
    await launch({ OTEL_SERVICE_NAME: 'not enough by itself' });
    expect(readFileSync(join(folder, 'loaded'), 'utf8')).toContain('service.js');
    expect(loadedSdk()).toEqual([]);
    expect(await stop()).toBe(0);
  });

  it('sends what it has when it is stopped', async () => {
    collector = await Collector.open();
    const url = await launch({ ...collector.env, OTEL_BSP_SCHEDULE_DELAY: '60000' });
    expect(loadedSdk()).toHaveLength(1);
    expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(200);
    expect(await stop()).toBe(0);
    expect(collector.spans.map(({ name }) => name)).toContain('GET /.well-known/jwks.json');
  });

  it('sends traces with the settings of docs/operations.md, and its receivers listen where they say', async () => {
    const [settings = '', receiver = ''] = blocksFor('test/start/tracing.spec.ts', 'docs/operations.md');
    const env = Object.fromEntries(
      settings
        .trim()
        .split('\n')
        .map((line) => /^(\w+)=(.*)$/.exec(line)?.slice(1) ?? []),
    );
    expect(Object.keys(env)).toHaveLength(4);
    const { port } = new URL(env.OTEL_EXPORTER_OTLP_ENDPOINT);
    expect(parse(receiver)).toEqual({ otlp: { protocols: { http: { endpoint: `0.0.0.0:${port}` } } } });

    collector = await Collector.open();
    const url = await launch({
      ...env,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      TRUSTED_PROXIES: '127.0.0.1',
    });
    const ask = (sampled: '00' | '01', path: string): Promise<Response> =>
      fetch(`${url}${path}`, { headers: { traceparent: `00-${TRACE}-${SPAN}-${sampled}` } });
    expect((await ask('01', '/.well-known/jwks.json')).status).toBe(200);
    expect((await ask('00', '/openapi.json')).status).toBe(200);
    expect(await stop()).toBe(0);
    const sent = Buffer.concat(collector.bodies).toString('latin1');
    expect(collector.requests[0]?.url).toBe('/v1/traces');
    expect(sent).toContain('sessions');
    expect(sent).toContain('GET /.well-known/jwks.json');
    expect(sent).not.toContain('GET /openapi.json');
  });

  it('stops in good order although its collector never answers, however short its grace is', async () => {
    collector = await Collector.open(() => undefined);
    const url = await launch({
      ...collector.env,
      SHUTDOWN_GRACE_SECONDS: '1',
      OTEL_EXPORTER_OTLP_TIMEOUT: '60000',
    });
    expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(200);
    expect(await stop()).toBe(0);
    expect(collector.bodies.length).toBeGreaterThan(0);
  });
});
