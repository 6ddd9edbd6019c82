import { type Command, Option } from 'commander';
import { z } from 'zod';
import type { Service } from '../api/service.js';
import { asTenant, type ChangeOptions, type FinalOptions, type ServiceOptions } from '../frame/callers.js';
import { changeCommand, finalCommand, group, serviceCommand } from '../frame/group.js';
import { wholeNumber } from '../frame/values.js';
import { WrongUsage } from '../io/command-failure.js';
import { confirm } from '../io/confirmation.js';
import { show, table } from '../io/output.js';
import { keyCommands, publicKeysIn } from './client-keys.js';
import { type ClientRecord, clientRecord, pathOf, printClient, readClient } from './client-record.js';

const NEEDS = { needs: 'scope client.client_manage' } as const;

/** The maximum page size. */
const PAGE = 200;
const ONE_HOUR = 3600;

interface DraftOptions extends ChangeOptions {
  readonly jwks?: string;
  readonly jwksUri?: string;
  readonly name?: string;
  readonly scope?: readonly string[];
}

interface NewOptions extends DraftOptions {
  readonly kind: string;
}

interface SwitchOptions extends DraftOptions {
  readonly on?: true;
  readonly off?: true;
}

interface RotateOptions extends ChangeOptions {
  readonly overlap: number;
}

export function clientCommands(program: Command): void {
  const clients = group(program, 'clients', 'List, create, change and delete OAuth clients of a tenant');
  addReading(clients);
  addCreating(clients);
  addChanging(clients);
  changeCommand(clients, 'rotate-secret <clientId>', {
    summary: 'Give a backend a new secret',
    ...NEEDS,
    more: 'The secret is printed once, and nobody can read it again.',
    examples: [
      ['clients rotate-secret acme-export', 'the old secret works for another hour'],
      ['clients rotate-secret acme-export --overlap 0', 'it leaked: it ends now, and so do all tokens'],
    ],
  })
    .option('--overlap <seconds>', 'how long the old secret still works', wholeNumber(0), ONE_HOUR)
    .action(rotate);
  changeCommand(clients, 'remove-secret <clientId>', {
    summary: 'Take away the secret of a backend that has keys',
    ...NEEDS,
    more: 'From then on only its private key opens it. Its tokens stay valid.',
    examples: [['clients remove-secret acme-export', 'after it signs assertions']],
  }).action(removeSecret);
  keyCommands(clients);
  finalCommand(clients, 'delete <clientId>', {
    summary: 'Delete a client',
    ...NEEDS,
    more: 'Its tokens are refused within seconds.',
    examples: [['clients delete acme-export', 'asks first']],
  }).action(remove);
}

function addReading(clients: Command): void {
  serviceCommand(clients, 'list', {
    summary: 'List the clients of the tenant',
    ...NEEDS,
    examples: [['clients list', 'every client with its scopes']],
  }).action(list);
  serviceCommand(clients, 'show <clientId>', {
    summary: 'Show a client',
    ...NEEDS,
    more: 'No secret is ever shown.',
    examples: [['clients show acme-export', 'its kind, scopes and version']],
  }).action(async (clientId: string, options: ServiceOptions) => {
    const service = await asTenant(options);
    printClient(options, await readClient(service, clientId));
  });
}

function addCreating(clients: Command): void {
  changeCommand(clients, 'create <clientId>', {
    summary: 'Create a client',
    ...NEEDS,
    more:
      'The secret of a backend is printed once, and nobody can read it again. A backend with keys gets none: it ' +
      'authenticates with private_key_jwt.',
    examples: [
      ['clients create acme-export --scope site.site_read price.price_read', 'a backend that reads'],
      ['clients create acme-app --kind storefront', 'a public client for anonymous tokens'],
      ['clients create acme-feed --scope site.site_read --jwks feed.jwks.json', 'a backend with its own key'],
    ],
  })
    .addOption(
      new Option('--kind <kind>', 'of the client').choices(['backend', 'storefront']).default('backend'),
    )
    .option('--name <name>', 'what people call it')
    .option('--scope <scopes...>', 'what it may be granted')
    .addOption(jwksOption())
    .addOption(jwksUriOption())
    .action(async (clientId: string, options: NewOptions) => {
      const service = await asTenant(options);
      const { kind, name, scope: scopes, reason } = options;
      const body = { clientId, kind, name, scopes, ...(await keysOf(options)) };
      printClient(options, clientRecord.parse(await service.post(service.path('clients'), { body, reason })));
    });
}

function addChanging(clients: Command): void {
  changeCommand(clients, 'change <clientId>', {
    summary: 'Change the name, scopes or keys of a client, or switch it on or off',
    ...NEEDS,
    examples: [
      ['clients change acme-export --scope site.site_read', 'these are then all its scopes'],
      ['clients change acme-export --off', 'it gets no tokens, and its tokens are refused'],
    ],
  })
    .option('--name <name>', 'what people call it')
    .option('--scope <scopes...>', 'all that it may be granted')
    .addOption(jwksOption())
    .addOption(jwksUriOption())
    .addOption(new Option('--on', 'switch it on').conflicts('off'))
    .option('--off', 'switch it off')
    .action(change);
}

async function list(options: ServiceOptions): Promise<void> {
  const service = await asTenant(options);
  const items: ClientRecord[] = [];
  for (
    let pageNumber = 1, page: ClientRecord[] = [];
    pageNumber === 1 || page.length === PAGE;
    pageNumber += 1
  ) {
    const query = { pageNumber, pageSize: PAGE };
    page = z.array(clientRecord).parse(await service.get(service.path('clients'), { query }));
    items.push(...page);
  }
  show(options, { items }, () =>
    table(
      ['CLIENT', 'KIND', 'ON', 'SCOPES'],
      items.map((one) => [one.clientId, one.kind, one.enabled, one.scopes.join(' ') || undefined]),
    ),
  );
}

async function change(clientId: string, { on, off, name, scope, ...options }: SwitchOptions): Promise<void> {
  const changes = {
    ...(name !== undefined && { name }),
    ...(scope !== undefined && { scopes: scope }),
    ...((on ?? off) && { enabled: on === true }),
    ...(await keysOf(options)),
  };
  if (Object.keys(changes).length === 0)
    throw new WrongUsage('Say what to change: --name, --scope, --jwks, --jwks-uri, --on or --off');
  const service = await asTenant(options);
  const body = { ...changes, metadata: await metadataOf(service, clientId) };
  const changed = await service.patch(pathOf(service, clientId), { body, reason: options.reason });
  printClient(options, clientRecord.parse(changed));
}

async function rotate(clientId: string, { overlap, ...options }: RotateOptions): Promise<void> {
  const service = await asTenant(options);
  const body = { overlapSeconds: overlap, metadata: await metadataOf(service, clientId) };
  const path = `${pathOf(service, clientId)}/secret`;
  printClient(options, clientRecord.parse(await service.post(path, { body, reason: options.reason })));
}

async function removeSecret(clientId: string, options: ChangeOptions): Promise<void> {
  const service = await asTenant(options);
  await service.delete(`${pathOf(service, clientId)}/secret`, { reason: options.reason });
  printClient(options, await readClient(service, clientId));
}

async function remove(clientId: string, options: FinalOptions): Promise<void> {
  const service = await asTenant(options);
  await service.get(pathOf(service, clientId));
  await confirm(options, `Delete the client ${clientId}`, clientId);
  await service.delete(pathOf(service, clientId), { reason: options.reason });
  show(options, { deleted: clientId }, () => `${clientId} is deleted`);
}

const jwksOption = (): Option =>
  new Option('--jwks <file>', 'its public keys: a JSON Web Key Set, a JWK or PEM text').conflicts('jwksUri');

const jwksUriOption = (): Option => new Option('--jwks-uri <url>', 'where it publishes its public keys');

/** @throws WrongUsage */
async function keysOf({ jwks: file, jwksUri }: DraftOptions): Promise<object> {
  if (file !== undefined) return { jwks: { keys: await publicKeysIn(file) } };
  return { ...(jwksUri !== undefined && { jwksUri }) };
}

/** Returns the current version, which the API requires for a change. */
async function metadataOf(service: Service, clientId: string): Promise<{ readonly version: number }> {
  const { version } = (await readClient(service, clientId)).metadata;
  return { version };
}
