import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpUser } from '../support/http-user.js';
import { freePort } from '../support/mongo/mongod-process.js';
import { OPERATOR_SECRET } from '../support/shop.js';
import { WebhookTarget } from '../support/webhook-target.js';

const PAGE = 'docs/operations.md';
const BUILT = 'reports/runbook';
const THIS = 'test/start/runbook.spec.ts';
const BLOCK = new RegExp(`^(?:##+ (.+)|<!-- checked by ${THIS} -->\n\`\`\`sh\n([^]*?)^\`\`\`)$`, 'gm');
const OLD_SECRET = 'the secret of last year';
const NEW_SECRET = 'the secret of this year';

/** The blocks of the page that this test types, each under its heading. */
function blocksOf(markdown: string): readonly (readonly [string, string])[] {
  let under = 'the beginning';
  return [...markdown.matchAll(BLOCK)].flatMap(([, heading, commands]) => {
    under = heading ?? under;
    return commands === undefined ? [] : [[under, commands] as const];
  });
}

const BLOCKS = blocksOf(readFileSync(PAGE, 'utf8'));

describe('The runbook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-runbook-'));
  const env: Record<string, string> = {};
  let service: Awaited<ReturnType<typeof start>> | undefined;
  let target: WebhookTarget;
  let url: string;

  const start = async (KEYS_SECRET: string) => {
    Object.assign(env, { KEYS_SECRET });
    const child = spawn(process.execPath, [`${BUILT}/main.js`], { env, stdio: 'ignore' });
    const user = new HttpUser(url);
    const isReady = () =>
      user.get('/health/ready').then(
        ({ status }) => status === 200,
        () => false,
      );
    while (!(await isReady())) await sleep(50);
    return {
      stop: async (): Promise<void> => {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      },
    };
  };
  const restart = async (KEYS_SECRET: string): Promise<void> => {
    await service?.stop();
    service = undefined;
    service = await start(KEYS_SECRET);
  };

  /** Makes `onesession` a command, as npx does. */
  const putIntoPath = (): void => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const program = join(bin, 'onesession');
    const node = JSON.stringify(process.execPath);
    writeFileSync(program, `#!/bin/sh\nexec ${node} ${JSON.stringify(resolve(BUILT, 'ctl/main.js'))} "$@"\n`);
    chmodSync(program, 0o755);
    env.PATH = `${bin}${delimiter}${process.env.PATH}`;
  };

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/build.ts', 'src/main.ts', BUILT]);
    execFileSync(process.execPath, ['scripts/build.ts', 'src/ctl/main.ts', `${BUILT}/ctl`]);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    putIntoPath();
    Object.assign(env, {
      HOME: process.env.HOME ?? folder,
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      BACKUPS: join(folder, 'backups'),
      OPERATOR_SECRET,
      DRAIN_SECONDS: '0',
      SESSION_APPS_PRIVATE_ADDRESSES: 'allow',
    });
    await restart(OLD_SECRET);
    target = await WebhookTarget.open();
    await type(
      `export ONESESSION_URL=${url} ONESESSION_CLIENT_ID=acme-backend ONESESSION_CLIENT_SECRET=acme-backend-secret\n` +
        `onesession webhooks create ${target.url}`,
    );
    await restart(`${NEW_SECRET},${OLD_SECRET}`);
  });
  afterAll(async () => {
    await service?.stop();
    target.close();
    rmSync(folder, { recursive: true });
    rmSync(BUILT, { recursive: true });
  });

  /** Types commands into a shell that ends at the first one that fails. @returns all that was said */
  const type = async (commands: string): Promise<string> => {
    const shell = spawn('bash', ['-euo', 'pipefail', '-s'], { env, stdio: 'pipe' });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (text: Buffer) => (said += text));
    shell.stdin.end(commands.replaceAll('http://127.0.0.1:3000', url));
    const [code] = await once(shell, 'close');
    expect(code, `${commands}\n${said}`).toBe(0);
    return said;
  };

  it('has commands for what an operator has to do', () => {
    expect(BLOCKS.length).toBeGreaterThanOrEqual(10);
  });

  it.each(BLOCKS.slice(1))('has commands that work: %s', async (_, commands) => {
    const [, settings = ''] = BLOCKS[0] ?? [];
    expect(await type(`${settings}\n${commands}`)).not.toBe('');
  });

  it('rotates KEYS_SECRET so that the service starts without the old one, and nobody is logged out', async () => {
    const user = new HttpUser(url);
    const { body } = await user
      .get('/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront')
      .expect(200);
    await restart(NEW_SECRET);
    await new HttpUser(url, body.access_token).get('/session-context/acme/me/context').expect(404);
    await new HttpUser(url, body.access_token)
      .post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' })
      .expect(201);
    await type(`${BLOCKS[0]?.[1]}\nonesession doctor`);
  });
});
