import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { type Credentials, namedCredentials } from '../api/connection.js';
import { Service } from '../api/service.js';
import type { ServiceOptions } from '../frame/callers.js';
import { group, serviceCommand } from '../frame/group.js';
import { WrongUsage } from '../io/command-failure.js';
import { show } from '../io/output.js';

const DEMO_FILE = 'bootstrap/demo.json';

const madeLink = z.looseObject({ path: z.string(), endsAt: z.string(), scopes: z.array(z.string()) });
const demo = z.object({
  tenants: z.array(
    z.object({
      name: z.string(),
      clients: z.array(z.object({ kind: z.string(), clientId: z.string(), secret: z.string().optional() })),
    }),
  ),
});

interface LinkOptions extends ServiceOptions {
  readonly tenant?: string;
  readonly scopes?: string;
}

export function consoleCommands(program: Command): void {
  const console = group(program, 'console', 'Open the console in a browser');
  serviceCommand(console, 'link', {
    summary: 'Make a link that signs in to the console',
    more:
      'It works once, within five minutes, and acts as the client that ONESESSION_CLIENT_ID names. Without one, with ' +
      '--tenant, it acts as the client of the demo data.',
    examples: [
      ['console link', 'with all that the client may do'],
      ['console link --scopes session.session_read,customer.customer_read', 'for somebody who only reads'],
    ],
  })
    .option('--tenant <name>', 'the tenant of the client')
    .option('--scopes <names>', 'what the link grants, separated by commas; default: all that the client has')
    .action(link);
}

async function link({ tenant, scopes, ...options }: LinkOptions): Promise<void> {
  const service = await Service.connect(options, credentialsFor(tenant));
  if (tenant !== undefined && tenant !== service.tenant) {
    throw new WrongUsage(`${service.clientId} is a client of ${service.tenant}, not of ${tenant}`);
  }
  const body = { ...(scopes !== undefined && { scopes: scopes.split(',') }) };
  const made = madeLink.parse(await service.post(service.path('console-links'), { body }));
  const url = `${service.addresses.adminUrl}${made.path}`;
  show(options, { url, clientId: service.clientId, endsAt: made.endsAt, scopes: made.scopes }, () => [
    url,
    `Signs in as ${service.clientId}, once, until ${made.endsAt}.`,
  ]);
}

/** @throws WrongUsage - neither the environment nor the demo data name a client */
function credentialsFor(tenant: string | undefined): Credentials {
  const named = namedCredentials(process.env, 'ONESESSION') ?? namedCredentials(process.env, 'CONSOLE');
  const found = named ?? (tenant === undefined ? undefined : demoClient(tenant));
  if (found === undefined) {
    throw new WrongUsage(
      'Set ONESESSION_CLIENT_ID and ONESESSION_CLIENT_SECRET to a backend client of the tenant, or name a tenant of the ' +
        'demo data by --tenant',
    );
  }
  return found;
}

function demoClient(tenant: string): Credentials | undefined {
  const declared = demoTenants().find(({ name }) => name === tenant);
  const backend = declared?.clients.find(({ kind }) => kind === 'backend');
  if (backend?.secret === undefined) return undefined;
  return { clientId: backend.clientId, secret: backend.secret };
}

/** Returns an empty list outside the project's folder, where there is no demo file. */
function demoTenants(): z.infer<typeof demo>['tenants'] {
  try {
    return demo.parse(JSON.parse(readFileSync(DEMO_FILE, 'utf8'))).tenants;
  } catch {
    return [];
  }
}
