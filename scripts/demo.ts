import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { preview } from 'vite';

/**
 * `npm run demo`: the service with the demo data, the example storefront and the console, until Ctrl-C. `PORT` and
 * `SHOP_PORT` choose other ports. What happens in the demo stays in `reports/demo`.
 */
const PORT = Number(process.env['PORT'] ?? 3000);
const SHOP_PORT = Number(process.env['SHOP_PORT'] ?? 3001);
const FOLDER = 'reports/demo';
const WAIT_MS = 100;

const url = `http://localhost:${PORT}`;
const shopOrigin = `http://localhost:${SHOP_PORT}`;

mkdirSync(FOLDER, { recursive: true });
const bootstrap = `${FOLDER}/bootstrap.json`;
writeFileSync(bootstrap, JSON.stringify(allowing(shopOrigin)));
const service = spawn(process.execPath, ['dist/main.js'], {
  env: { ...process.env, PORT: String(PORT), BOOTSTRAP_FILE: bootstrap, DATA_DIR: `${FOLDER}/data` },
  stdio: ['ignore', 'ignore', 'inherit'],
});
service.once('exit', (code) => process.exit(code ?? 1));
const shop = await preview({
  root: 'examples/storefront',
  logLevel: 'warn',
  preview: { port: SHOP_PORT, strictPort: true, host: 'localhost' },
});
while (!(await isReady())) await pause(WAIT_MS);
console.log(`
Storefront  ${shopOrigin}${PORT === 3000 ? '' : `/?service=${encodeURIComponent(url)}`}
Console     ${url}/console
API         ${url}/docs

Open the storefront in two tabs and the console beside it: all three follow one session. Ctrl-C ends the demo.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  service.removeAllListeners('exit').kill('SIGINT');
  await Promise.all([shop.close(), service.exitCode === null && once(service, 'exit')]);
  process.exit(0);
}

/** The demo data, with a tenant that lets the storefront's page call with cookies too. */
function allowing(origin: string): object {
  const data: { tenants: { name: string; settings?: object }[] } = JSON.parse(
    readFileSync('bootstrap/demo.json', 'utf8'),
  );
  const tenants = data.tenants.map((tenant) =>
    tenant.name === 'acme'
      ? { ...tenant, settings: { ...tenant.settings, vtex: { allowedOrigins: [origin] } } }
      : tenant,
  );
  return { ...data, tenants };
}

async function isReady(): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}
