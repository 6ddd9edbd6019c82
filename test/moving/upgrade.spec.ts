import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { CURRENT_FORMAT } from '../../src/storage/store-format.js';
import { BuiltService } from '../support/programs/built-service.js';
import { type RawRow, readLines, writeRows } from '../support/programs/raw-store.js';
import { FIXTURES, type Told } from './release/told.js';

const EARLIER = join(FIXTURES, 'format-1');

describe('An embedded store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-upgrade-'));
  let built: BuiltService;
  beforeAll(() => void (built = BuiltService.build('upgrade')));
  afterAll(async () => {
    await built.remove();
    rmSync(folder, { recursive: true });
  });

  const start = async (dataDir: string): Promise<{ code: unknown; told: string; said: string }> => {
    const run = built.launch({ DATA_DIR: dataDir, DRAIN_SECONDS: '0', LOG_LEVEL: 'info' });
    await run.listens();
    const code = await run.stop();
    return { code, told: run.told, said: run.said };
  };

  it('of an earlier format is converted once, with lines of progress', async () => {
    const dataDir = join(folder, 'earlier');
    await writeRows(dataDir, readLines<RawRow>(join(EARLIER, 'embedded.ndjson')));
    const { said } = await start(dataDir);
    expect(said).toContain('The store has format 1: converting it to 2');
    expect(said).toContain('Listed 5 sessions of an earlier version');
    expect(said).toContain('The store has format 2 now');
    const storage = await EmbeddedStorage.open(dataDir);
    const told: Told = JSON.parse(readFileSync(join(EARLIER, 'embedded.told.json'), 'utf8'));
    const { session: sessionId, cartId } = told.shopper;
    const session = await storage.sessions.find({ tenant: 'acme', sessionId }, new Date(told.at));
    expect(session).toMatchObject({ context: { cartId: { value: cartId } } });
    await storage.close();
    expect((await start(dataDir)).said).not.toContain('converting');
  });

  it('of each format up to the present one is kept for tests (npm run release:data)', () => {
    const formats = Array.from({ length: CURRENT_FORMAT }, (_, i) => `format-${i + 1}`);
    expect(readdirSync(FIXTURES).toSorted()).toEqual(formats);
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
