import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { type RawRow, readFixture, writeRows } from '../support/raw-store.js';

const BUILT = 'reports/upgrade';
const NOW = new Date('2026-11-28T10:30:00Z');
const SESSION = { tenant: 'acme', sessionId: '0b6f6c1e-54a8-4f0b-8d0e-5b1f0f4a7c11' };
const CART = 'cart-of-the-release-before';

describe('An embedded store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-upgrade-'));
  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/build.ts', 'src/main.ts', BUILT]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(BUILT, { recursive: true });
  });

  const start = async (dataDir: string): Promise<{ code: unknown; told: string; said: string }> => {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, PORT: '0', DATA_DIR: dataDir, DRAIN_SECONDS: '0', LOG_LEVEL: 'info' };
    const child = spawn(process.execPath, [`${BUILT}/main.js`], { env, stdio: 'pipe' });
    let [said, told] = ['', ''];
    child.stderr.on('data', (text: Buffer) => void (told += text.toString()));
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('http://127.0.0.1:')) child.kill('SIGTERM');
    });
    const [code] = await once(child, 'close');
    return { code, told, said };
  };

  it('of the release before is converted with a line of progress, and keeps its sessions and carts', async () => {
    const dataDir = join(folder, 'earlier');
    await writeRows(dataDir, readFixture<RawRow>('embedded-1.ndjson'));
    const { said } = await start(dataDir);
    expect(said).toContain('The store has format 1: converting it to 2');
    expect(said).toContain('The store has format 2 now');
    const storage = await EmbeddedStorage.open(dataDir);
    const session = await storage.sessions.find(SESSION, NOW);
    expect(session).toMatchObject({ context: { cartId: { value: CART } } });
    expect(session?.context?.attributes.get('colour')).toMatchObject({ value: 'red' });
    expect(await storage.carts.find('acme', CART)).toMatchObject({ items: [{ quantity: 2 }] });
    const [group] = await storage.sessionDirectory.groups('acme');
    expect(group?.facets).toMatchObject({ clientId: 'acme-storefront' });
    await storage.close();
    expect((await start(dataDir)).said).not.toContain('converting');
  });

  it('that is new is not converted', async () => {
    expect((await start(join(folder, 'new'))).said).not.toContain('converting');
  });

  it('of a newer release is refused with a sentence and exit code 2', async () => {
    const dataDir = join(folder, 'newer');
    await writeRows(dataDir, [{ table: 'meta', key: ['format'], row: { format: 3 } }]);
    expect(await start(dataDir)).toEqual({
      code: 2,
      said: '',
      told:
        `DATA_DIR ${dataDir} has format 3, written by a newer version of onesession; this version reads formats up to 2: ` +
        'start the newer version, or restore a backup that this version made\n',
    });
  });
});
