import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctl } from '../support/programs/ctl.js';
import { aSession, BUILT_AT } from '../support/data/builders.js';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';

describe('A backup of the embedded store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-backup-'));
  const dataDir = join(folder, 'data');
  const backup = join(folder, 'backups', 'one');
  const sessions = Array.from({ length: 300 }, () => aSession());
  let storage: EmbeddedStorage;
  let ctl: Ctl;

  beforeAll(async () => {
    ctl = Ctl.build({ DATA_DIR: dataDir });
    storage = await EmbeddedStorage.open(dataDir);
    for (const session of sessions) await storage.sessions.create(session, BUILT_AT);
  });
  afterAll(async () => {
    await storage.close();
    ctl.remove();
    rmSync(folder, { recursive: true });
  });

  it('is not made of a data file that is damaged, which doctor finds as well', async () => {
    const damaged = mkdtempSync(join(folder, 'damaged-'));
    writeFileSync(join(damaged, 'data.mdb'), 'no store'.repeat(20_000));
    const env = { DATA_DIR: damaged };
    const reason = 'data.mdb is not the data of a store';
    expect(await ctl.fails(['backup', join(folder, 'backups', 'none')], 1, { env })).toContain(reason);
    const { findings } = JSON.parse((await ctl.run(['doctor', '--json'], { env })).out);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'store', state: 'failed', found: expect.stringContaining(reason) }),
    );
  });

  it('is made while a process has the store open, and describes itself', async () => {
    const made = await ctl.json(['backup', backup]);
    expect(made).toMatchObject({ kind: 'onesession-backup', format: 2, rows: { sessions: sessions.length } });
    expect(JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'))).toMatchObject({
      sha256: made.sha256,
    });
    expect(readdirSync(backup).toSorted()).toEqual(['data.mdb', 'manifest.json']);
    expect(readdirSync(join(folder, 'backups'))).toEqual(['one']);
  });

  it('overwrites nothing, and needs a store', async () => {
    expect(await ctl.fails(['backup', backup], 1)).toContain('overwrites nothing');
    const nowhere = join(folder, 'nowhere');
    expect(await ctl.fails(['backup', `${backup}-2`, '--data-dir', nowhere], 1)).toContain('holds no store');
    expect(existsSync(nowhere)).toBe(false);
  });

  it('says in a sentence what can not be written, and leaves nothing there', async () => {
    const [target, to] = [join(folder, 'full', 'one'), join(folder, 'full-data')];
    const made = await ctl.run(['backup', target], { onFullDisk: true });
    expect(made).toMatchObject({ code: 1, told: `${target} can't be made: File too large\n` });
    expect(readdirSync(join(folder, 'full'))).toEqual([]);
    const restored = await ctl.run(['restore', backup, '--data-dir', to], { onFullDisk: true });
    const told = `${join(backup, 'data.mdb')} can't be copied to ${to}: file too large\n`;
    expect(restored).toMatchObject({ code: 1, told });
    expect(readdirSync(to)).toEqual([]);
  });

  it('restores to the same rows in a folder that holds no store', async () => {
    const to = join(folder, 'elsewhere');
    expect(await ctl.prints(['restore', backup, '--data-dir', to])).toContain('KEYS_SECRET');
    expect(readdirSync(to).filter((name) => name.endsWith('.mdb'))).toEqual(['data.mdb']);
    const restored = await EmbeddedStorage.open(to);
    for (const session of sessions) expect(await restored.sessions.find(session, BUILT_AT)).toEqual(session);
    await restored.close();
    const again = await ctl.run(['restore', backup, '--data-dir', to]);
    expect(again).toMatchObject({ code: 1, told: expect.stringContaining('already holds a store') });
  });

  it('is not restored over a store that is in use', async () => {
    const refused = await ctl.run(['restore', backup]);
    expect(refused).toMatchObject({ code: 1, told: expect.stringContaining('in use by another process') });
  });

  it.each([
    ['a byte of it was changed', (copy: string) => flipByte(join(copy, 'data.mdb')), 'is damaged'],
    ['its end is missing', (copy: string) => writeFileSync(join(copy, 'data.mdb'), 'short'), 'is damaged'],
    ['it has no manifest', (copy: string) => rmSync(join(copy, 'manifest.json')), 'is not a backup'],
    ['a newer version made it', (copy: string) => raiseFormat(join(copy, 'manifest.json')), 'has format 99'],
  ])('is refused, and leaves no store, if %s', async (_, spoil, reason) => {
    const copy = mkdtempSync(join(folder, 'spoilt-'));
    cpSync(backup, copy, { recursive: true });
    spoil(copy);
    const to = `${copy}-restored`;
    const refused = await ctl.run(['restore', copy, '--data-dir', to]);
    expect(refused).toMatchObject({ code: 1, out: '', told: expect.stringContaining(reason) });
    expect(existsSync(join(to, 'data.mdb'))).toBe(false);
  });
});

function flipByte(file: string): void {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(file, bytes);
}

function raiseFormat(file: string): void {
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), format: 99 }));
}
