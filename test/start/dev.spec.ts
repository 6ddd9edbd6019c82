import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const PATIENCE = { timeout: 20_000 };

/** A program that behaves as the service does, as far as the loop can tell. */
const program = (name: string): string => `
  console.log('onesession listens on ${name}');
  console.log(JSON.stringify({ level: 30, time: 0, context: 'Program', msg: '${name}' }));
  setInterval(() => undefined, 1000);
  process.once('SIGINT', () => process.exit(0));
`;

describe('npm run dev', () => {
  let folder: string;
  let file: string;
  let page: string;
  let dev: ChildProcess;
  let said: string;

  const start = (): void => {
    const args = ['scripts/dev.ts', file, join(folder, 'built'), join(folder, 'pages')];
    dev = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (text: Buffer): void => void (said += text.toString());
    dev.stdout?.on('data', hear);
    dev.stderr?.on('data', hear);
  };
  const hears = (text: string): Promise<void> => vi.waitFor(() => expect(said).toContain(text), PATIENCE);

  beforeEach(() => {
    said = '';
    mkdirSync('reports', { recursive: true });
    folder = mkdtempSync('reports/dev-test-');
    file = join(folder, 'program.ts');
    page = join(folder, 'pages/index.html');
    writeFileSync(file, program('first'));
    mkdirSync(join(folder, 'pages'));
    writeFileSync(page, '<p>first</p>');
    start();
  });
  afterEach(async () => {
    if (dev.exitCode === null && dev.kill('SIGINT')) await once(dev, 'close');
    rmSync(folder, { recursive: true });
  });

  it('starts again after a change, and ends in good order with Ctrl-C', async () => {
    await hears('Watching src/ and console/');
    writeFileSync(file, program('second'));
    await hears('Program: second');
    await hears('Restarted in');
    dev.kill('SIGINT');
    const [code] = await once(dev, 'close');
    expect(code).toBe(0);
  });

  it('builds the pages again after a change, while the service keeps running', async () => {
    await hears('Watching src/ and console/');
    const built = join(folder, 'pages/dist/index.html');
    await vi.waitFor(() => expect(readFileSync(built, 'utf8')).toContain('first'), PATIENCE);
    writeFileSync(page, '<p>second</p>');
    await hears('Built');
    expect(readFileSync(built, 'utf8')).toContain('second');
    expect(said).not.toContain('Restarted');
  });

  it('says which file can not be built, and goes on when that is put right', async () => {
    await hears('Watching src/ and console/');
    writeFileSync(file, `${program('second')}\nconst = 4;`);
    await hears('Not built. Waiting for a change.');
    expect(said).toContain('program.ts:');
    writeFileSync(file, program('third'));
    await hears('Program: third');
    expect(said).not.toContain('Program: second');
  });

  it('waits for a change when the service ends by itself', async () => {
    await hears('Watching src/ and console/');
    writeFileSync(file, 'process.exit(2);');
    await hears('The service ended (exit code 2). Waiting for a change.');
    writeFileSync(file, program('fourth'));
    await hears('Program: fourth');
  });
});
