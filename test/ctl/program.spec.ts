import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/shared/version.js';
import { Ctl } from '../support/programs/ctl.js';
import { commandLinePage } from './command-line-page.js';

describe('The command line', () => {
  let ctl: Ctl;
  beforeAll(() => void (ctl = Ctl.build()));
  afterAll(() => ctl.remove());

  it('is described as its help has it (npm run docs:command-line)', async () => {
    await expect(commandLinePage()).toMatchFileSnapshot('../../docs/command-line.md');
  });

  it('shows help with examples, and its version', async () => {
    expect(await ctl.prints(['--help'])).toMatch(/Commands:\n +tenants +List[^]*Exit codes: 0 done/);
    expect(await ctl.prints(['help', 'tenants'])).toContain('create [options] <name>');
    expect(await ctl.prints(['tenants', 'create', '--help'])).toMatch(/Examples:\n {2}# an empty tenant\n/);
    expect(await ctl.prints(['--version'])).toBe(`${VERSION}\n`);
  });

  it('names what it does not know, and what was meant', async () => {
    for (const [words, told] of [
      [['tenant'], 'Did you mean tenants?'],
      [['tenants', 'lsit'], 'Did you mean list?'],
      [['tenants', 'list', '--jsno'], 'Did you mean --json?'],
      [['tenants', 'show'], "missing required argument 'name'"],
      [['tenants', 'list', '--limit', '0'], 'whole number, 1 or more'],
      [['tenants', 'list', '--url', 'nowhere'], '--url must be an address'],
      [['export', '-'], 'An export needs a file'],
      [[], 'Usage: onesession'],
      [['tenants'], 'Usage: onesession tenants'],
    ] as const) {
      const outcome = await ctl.run(words, { env: { OPERATOR_SECRET: 'x' } });
      expect(outcome, words.join(' ')).toMatchObject({ code: 2, out: '' });
      expect(outcome.told).toContain(told);
    }
  });

  it('takes no secret from its own words, which others can see', async () => {
    const words = commandLinePage().match(/--[\w-]*secret[\w-]*/g) ?? [];
    expect(new Set(words)).toEqual(new Set());
  });

  it('completes commands, options and choices', async () => {
    const completed = async (...words: string[]) =>
      (await ctl.prints(['complete', '--', ...words])).split('\n').map((line) => line.split('\t')[0]);
    expect(await completed('ten')).toContain('tenants');
    expect(await completed('clients', '')).toEqual(
      expect.arrayContaining(['list', 'create', 'rotate-secret']),
    );
    expect(await completed('sessions', 'find', '--')).toEqual(expect.arrayContaining(['--email', '--json']));
    expect(await completed('sessions', 'find', '--kind', '')).toEqual(
      expect.arrayContaining(['anonymous', 'customer']),
    );
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a completion script for %s', async (shell) => {
    const script = await ctl.prints(['completion', shell]);
    expect(script).toContain('onesession');
    if (shell === 'bash') execFileSync('bash', ['-n'], { input: script });
  });

  it('says in JSON what is wrong with its words, if that is asked for', async () => {
    for (const words of [
      ['tenants', 'lsit'],
      ['tenants', 'show'],
      ['sessions', 'find', '--kind', 'robot'],
      [],
    ]) {
      const { code, out, told } = await ctl.run([...words, '--json']);
      expect({ code, out }, words.join(' ')).toEqual({ code: 2, out: '' });
      expect(JSON.parse(told)).toEqual({
        error: { exitCode: 2, message: expect.stringContaining('See --help') },
      });
    }
  });

  it('ends without a word when nobody reads on, as at `onesession … | head`', async () => {
    for (const words of [['--help'], ['check-config', '--json'], ['completion', 'bash']])
      expect(await ctl.run(words, { unread: 'closed' }), words.join(' ')).toMatchObject({
        code: 0,
        told: '',
      });
  });

  it('says when what it prints can not be written', async () => {
    for (const words of [['--help'], ['check-config', '--json']]) {
      const told = "The output can't be written: no space left on device\n";
      expect(await ctl.run(words, { unread: 'full' }), words.join(' ')).toMatchObject({ code: 1, told });
    }
  });

  it('says when what answers is not a service of this version', async () => {
    const stranger = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const address = stranger.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const env = { ONESESSION_URL: `http://127.0.0.1:${port}`, OPERATOR_SECRET: 'x' };
    expect(await ctl.fails(['tenants', 'list'], 1, { env })).toContain(`not one of onesession ${VERSION}`);
    stranger.close();
  });
});
