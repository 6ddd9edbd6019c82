import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { runReset } from './run-reset.js';

describe('npm run reset', () => {
  let home: string;
  let folder: string;

  const store = async (): Promise<EmbeddedStorage> => {
    const storage = await EmbeddedStorage.open(folder);
    await storage.tenants.create({ name: 'acme', settings: {} });
    return storage;
  };
  const reset = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    runReset(args, { DATA_DIR: folder, ...env });

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'onesession-reset-'));
    folder = join(home, 'data');
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it('shows what is stored and removes it, so that the next start finds nothing', async () => {
    await (await store()).close();
    const { code, said } = await reset(['--yes']);
    expect(said).toContain(`DATA_DIR ${folder}\n  data.mdb (`);
    expect(code).toBe(0);
    expect(existsSync(folder)).toBe(false);
    const again = await EmbeddedStorage.open(folder);
    expect(await again.tenants.find('acme')).toBeUndefined();
    await again.close();
  });

  it('says that there is nothing, where nothing was stored yet', async () => {
    expect(await reset(['--yes'])).toEqual({
      code: 0,
      said: `DATA_DIR ${folder} is empty: there is nothing to remove\n`,
    });
  });

  it('removes nothing while a service has the folder', async () => {
    const storage = await store();
    expect(await reset(['--yes'])).toEqual({
      code: 2,
      said: `A service is running on DATA_DIR ${folder}: stop it first\n`,
    });
    expect(await storage.tenants.find('acme')).toBeDefined();
    await storage.close();
  });

  it('removes nothing in production', async () => {
    await (await store()).close();
    const { code, said } = await reset(['--yes'], { NODE_ENV: 'production' });
    expect({ code, said }).toEqual({ code: 2, said: 'NODE_ENV is production: no reset there\n' });
    expect(existsSync(join(folder, 'data.mdb'))).toBe(true);
  });

  it('removes nothing without --yes when nobody can be asked', async () => {
    await (await store()).close();
    const { code, said } = await reset([]);
    expect(said).toContain('Nobody is there to answer: add --yes');
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'data.mdb'))).toBe(true);
  });

  it('removes nothing from a folder that holds anything else', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'letters.txt'), 'dear Anna');
    const { code, said } = await reset(['--yes']);
    expect(said).toContain('such as letters.txt: nothing was removed');
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'letters.txt'))).toBe(true);
  });

  it('takes over from a service that was killed', async () => {
    await (await store()).close();
    const program = `require('node:net').createServer().listen(${JSON.stringify(join(folder, 'owner.sock'))}, () => console.log('listens'))`;
    const killed = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'close');
    expect((await reset(['--yes'])).code).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it('explains itself', async () => {
    const { code, said } = await reset(['--help']);
    expect(said).toContain('--yes');
    expect(code).toBe(0);
    expect((await reset(['--force'])).code).toBe(1);
  });
});
