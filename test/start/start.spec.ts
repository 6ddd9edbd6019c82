import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltService, type ServiceRun } from '../support/programs/built-service.js';

describe('The built service', () => {
  let built: BuiltService;
  let folder: string;
  let busy: Server;
  let port: number;

  const launch = (env: NodeJS.ProcessEnv, options: readonly string[] = []): ServiceRun =>
    built.launch({ DATA_DIR: join(folder, 'shop.data'), LOG_LEVEL: 'silent', ...env }, options);

  /** Of a start that can not succeed. */
  const refusal = async (
    env: NodeJS.ProcessEnv,
    options: readonly string[] = [],
  ): Promise<{ code: unknown; told: string; said: string }> => {
    const run = launch(env, options);
    return { code: await run.ended, told: run.told, said: run.said };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'onesession-start-'));
    built = BuiltService.build('start');
    busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const address = busy.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(async () => {
    busy.close();
    await built.remove();
    rmSync(folder, { recursive: true });
  });

  it('names the setting of a port that is busy, and who listens there [F-41]', async () => {
    const owner =
      process.platform === 'linux' ? ` by ${basename(process.execPath)} (process ${process.pid})` : '';
    for (const setting of ['PORT', 'ADMIN_PORT']) {
      const { code, told, said } = await refusal({ [setting]: String(port), LOG_LEVEL: 'error' });
      expect(told).toBe(
        `${setting} ${port} is in use${owner}: stop what listens there, or set ${setting} to another one\n`,
      );
      expect({ code, said }).toEqual({ code: 2, said: '' });
    }
  });

  it.each([
    ['HOST', '203.0.113.9', 'address not available'],
    ['ADMIN_HOST', '203.0.113.9', 'address not available'],
  ])('names %s when it is not of this machine: %s [F-41]', async (setting, address, reason) => {
    const { code, told, said } = await refusal({
      LOG_LEVEL: 'error',
      EXPOSE_PUBLISHED_SECRETS: 'on',
      ...(setting === 'ADMIN_HOST' && { ADMIN_PORT: '0' }),
      [setting]: address,
    });
    expect(told).toBe(
      `${setting} ${address} can't be used: ${reason}. Set ${setting} to an address of this machine\n`,
    );
    expect({ code, said }).toEqual({ code: 2, said: '' });
  });

  it.each(['20.20.0', '22.1.0'])(
    'says which Node it needs when it runs on Node %s [F-41]',
    async (version) => {
      const pretence = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
      const { code, told } = await refusal({}, [
        '--import',
        `data:text/javascript,${encodeURIComponent(pretence)}`,
      ]);
      expect(told).toBe(
        `onesession needs Node 24 or later, but this is Node ${version}: start it with \`npm start\`, which brings its own, or \`node_modules/.bin/node dist/main.js\`\n`,
      );
      expect(code).toBe(2);
    },
  );

  it.runIf(process.platform === 'linux').each([
    ['a system folder', '/proc/onesession', /no such file or directory/],
    // Which of these depends on the user and on how the file system is mounted.
    [
      'a folder of the kernel',
      '/sys/onesession',
      /operation not permitted|permission denied|read-only file system/,
    ],
    ['a file', '/etc/hostname', /a file is in its place/],
    ['a folder below a file', '/etc/hostname/data', /a file is in its place/],
  ])('says at once why %s can not be its folder [F-40]', async (_what, path, reason) => {
    const { code, told } = await refusal({ DATA_DIR: path });
    expect(told).toMatch(
      new RegExp(`^DATA_DIR ${path} can not be used: (?:${reason.source})\\. Set DATA_DIR`),
    );
    expect(code).toBe(2);
  });

  it.each([
    [
      'text',
      (file: string) => writeFileSync(file, 'no store\n'.repeat(20_000)),
      'is not the data of a store',
    ],
    ['a few bytes', (file: string) => writeFileSync(file, 'x'), 'is not the data of a store'],
    ['zeros', (file: string) => writeFileSync(file, Buffer.alloc(200_000)), 'is not the data of a store'],
    ['noise', (file: string) => writeFileSync(file, randomBytes(200_000)), 'is not the data of a store'],
    [
      'the beginning of a store',
      (file: string) => truncateSync(file, 12_288),
      'is cut off after 12288 bytes',
    ],
  ])('says what to do about a data file that has %s [F-40]', async (_what, damage, reason) => {
    const damaged = mkdtempSync(join(folder, 'damaged-'));
    const store = await EmbeddedStorage.open(damaged);
    await store.close();
    damage(join(damaged, 'data.mdb'));
    const { code, told } = await refusal({ DATA_DIR: damaged });
    expect(told).toContain(`DATA_DIR ${damaged} can not be used: data.mdb ${reason}`);
    expect(told).toContain('restore a backup');
    expect(code).toBe(2);
  });

  it('says that a variable is no setting, before its owner wonders at an empty store', async () => {
    const run = launch({ MONGODB_URL: 'mongodb://db/shop', LOG_LEVEL: 'warn' });
    const line = (await run.prints(/.*(?=\n)/))?.[0];
    expect(JSON.parse(line ?? '')).toMatchObject({
      level: 40,
      msg: 'MONGODB_URL is no setting, and has no effect. Did you mean MONGODB_URI?',
    });
    await run.stop('SIGKILL');
  });

  it('stops in good order when one Ctrl-C reaches it twice, as under npm [F-42]', async () => {
    const run = launch({});
    await run.listens();
    run.child.kill('SIGINT');
    expect(await run.stop('SIGINT')).toBe(0);
  });

  it('stops in good order at SIGHUP, as when its terminal is closed', async () => {
    const run = launch({ DRAIN_SECONDS: '0' });
    await run.listens();
    expect(await run.stop('SIGHUP')).toBe(0);
  });
});
