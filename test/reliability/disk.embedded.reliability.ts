import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from './support/figure.js';
import { PATIENCE_MS } from './support/form.js';
import { ServiceProcess } from './support/service-process.js';

const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
const DISK_MIB = 4;
/** Kept free by a file that somebody can remove. */
const BALLAST_MIB = 1;
const MOST_LOGINS = 50_000;
const READS = 100;

const folder = mkdtempSync(join(tmpdir(), 'onesession-full-'));
const mounted =
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'onesession-full', folder]).status === 0;
// A file system of its own needs root.
if (!mounted) console.log('R18 is not run: no small file system can be mounted here');

describe('The folder of the embedded store', { timeout: PATIENCE_MS }, () => {
  let service: ServiceProcess;
  const ballast = join(folder, 'ballast');
  const data = join(folder, 'data');

  beforeAll(async () => {
    writeFileSync(ballast, Buffer.alloc(BALLAST_MIB * 2 ** 20, 1));
    service = await ServiceProcess.create({
      DATA_DIR: data,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'fatal',
    });
    await service.start();
  });
  afterAll(async () => {
    await service.dispose();
    if (mounted) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });

  const logIn = async (): Promise<{ status: number; token: string }> => {
    const response = await fetch(`${service.instance.url}${LOGIN}`);
    const { access_token: token = '' }: { access_token?: string } = JSON.parse(await response.text());
    return { status: response.status, token };
  };
  const isAlive = async (token: string): Promise<boolean> => {
    const headers = { authorization: `Bearer ${token}` };
    const url = `${service.instance.url}/customer/acme/validateauthtoken`;
    return (await fetch(url, { headers })).status === 200;
  };

  const started = (env: NodeJS.ProcessEnv): { readonly code: number | null; readonly lines: string[] } => {
    const options = { env: { ...process.env, PORT: '0', LOG_LEVEL: 'fatal', ...env }, timeout: 20_000 };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/main.js'], options);
    const lines = `${String(stdout)}${String(stderr)}`.split('\n').filter((line) => line !== '');
    return { code: status, lines };
  };

  it('R30 embedded: a second process on the same folder ends with one line, and the first one serves on', async () => {
    const second = started({ DATA_DIR: data });
    expect(second).toEqual({ code: 2, lines: [expect.stringContaining(data)] });
    expect((await logIn()).status).toBe(200);
    figure({
      id: 'R30',
      result: 'a second process on the folder: exit code 2 with one line; the first one serves on',
    });
  });

  it('R19 embedded: a folder that can’t be used ends the start with one line', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const unusable of [file, join(file, 'below'), '/proc/onesession'])
      expect(started({ DATA_DIR: unusable })).toEqual({
        code: 2,
        lines: [expect.stringContaining(unusable)],
      });
    rmSync(file);
    figure({
      id: 'R19',
      result: 'a file, a path below a file, and a folder that can’t be made: exit code 2 with one line',
    });
  });

  // Last, because it fills the disk.
  if (mounted) {
    it('R18 embedded: refuses writes, answers reads, loses nothing, and takes writes again when there is room', async () => {
      const { pid } = service;
      const tokens: string[] = [];
      let refused = 0;
      for (let tries = 0; tries < MOST_LOGINS && refused < READS; tries += 1) {
        const { status, token } = await logIn();
        expect([200, 503]).toContain(status);
        if (status === 200) tokens.push(token);
        else refused += 1;
      }
      expect(refused).toBe(READS);
      for (const token of tokens.slice(-READS)) expect(await isAlive(token)).toBe(true);
      rmSync(ballast);
      const again = await logIn();
      expect(again.status).toBe(200);
      expect(service.pid).toBe(pid);
      await service.kill();
      await service.start();
      const kept = await Promise.all([again.token, ...tokens.slice(-READS)].map(isAlive));
      expect(kept.every(Boolean)).toBe(true);
      figure({
        id: 'R18',
        result:
          `a disk of ${DISK_MIB} MiB was full after ${tokens.length} logins: ${refused} writes 503, no other errors; ` +
          `${READS} sessions read meanwhile; a write 200 once there was room, without a restart; none lost by kill -9`,
      });
    });
  }
});
