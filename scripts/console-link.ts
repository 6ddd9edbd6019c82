import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * `npm run console:link -- --tenant acme`: prints a link that signs in to the console, once and within five minutes. It
 * acts as the client that CONSOLE_CLIENT_ID and CONSOLE_CLIENT_SECRET name: secrets in arguments would be seen by
 * everybody on the machine. Without them, it acts as the demo's client of the tenant.
 */
const USAGE = `npm run console:link -- --tenant NAME [--url ADDRESS] [--admin-url ADDRESS] [--scopes A,B]
  --url        of the service; default: ISSUER, else the PORT (3000) of this machine
  --admin-url  of ADMIN_PORT, if it is set
  --scopes     what the link grants; default: all that the client has
The client: CONSOLE_CLIENT_ID and CONSOLE_CLIENT_SECRET; default: the demo's`;

interface Options {
  readonly tenant: string;
  readonly url: string;
  readonly adminUrl: string;
  readonly scopes: readonly string[] | undefined;
}

/** @returns undefined if help was asked for @throws Error that says what is wrong */
function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      tenant: { type: 'string' },
      url: { type: 'string', default: process.env.ISSUER ?? `http://127.0.0.1:${process.env.PORT ?? 3000}` },
      'admin-url': { type: 'string' },
      scopes: { type: 'string' },
    },
  });
  if (values.help) return undefined;
  if (values.tenant === undefined) throw new Error(USAGE);
  const { tenant, url, scopes } = values;
  return { tenant, url, adminUrl: values['admin-url'] ?? url, scopes: scopes?.split(',') };
}

interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

function credentialsOf(tenant: string): Credentials {
  const { CONSOLE_CLIENT_ID: clientId, CONSOLE_CLIENT_SECRET: secret } = process.env;
  if (clientId && secret) return { clientId, secret };
  const { tenants } = JSON.parse(readFileSync('bootstrap/demo.json', 'utf8'));
  const declared = tenants.find(({ name }: { name: string }) => name === tenant);
  const client = declared?.clients.find(({ kind }: { kind: string }) => kind === 'backend');
  if (!client)
    throw new Error(`The demo has no tenant ${tenant}: set CONSOLE_CLIENT_ID and CONSOLE_CLIENT_SECRET`);
  return client;
}

async function answerOf(url: string, options: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, options).catch((cause: unknown) => {
    throw new Error(`No service answers at ${url}: start it, or name its address by --url`, { cause });
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`);
  return JSON.parse(text);
}

async function link({ tenant, url, adminUrl, scopes }: Options): Promise<string> {
  const { clientId, secret } = credentialsOf(tenant);
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
  const issued = await answerOf(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const made = await answerOf(`${adminUrl}/admin/${tenant}/console-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${String(issued.access_token)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...(scopes !== undefined && { scopes }) }),
  });
  return `${adminUrl}${String(made.path)}\nSigns in as ${clientId}, once, until ${String(made.endsAt)}.\n`;
}

try {
  const options = readOptions();
  process.stdout.write(options === undefined ? `${USAGE}\n` : await link(options));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
