import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { isPrivateKey } from '../../shared/jwk/key-set.js';
import { type KeyMembers, thumbprintOf } from '../../shared/jwk/thumbprint.js';
import { reasonOf } from '../../shared/system-error.js';
import type { Service } from '../api/service.js';
import { asTenant, type ChangeOptions, type FinalOptions, type ServiceOptions } from '../frame/callers.js';
import { changeCommand, finalCommand, serviceCommand } from '../frame/group.js';
import { readText } from '../frame/values.js';
import { CommandFailure, WrongUsage } from '../io/command-failure.js';
import { confirm } from '../io/confirmation.js';
import { EXIT } from '../io/exit-codes.js';
import { note, show, table } from '../io/output.js';
import { type ClientRecord, clientRecord, pathOf, printClient, readClient } from './client-record.js';

const NEEDS = { needs: 'scope client.client_manage' } as const;

interface MakeOptions extends ChangeOptions {
  readonly alg: keyof typeof MAKERS;
}

interface RemoveOptions extends FinalOptions {
  readonly leaked?: true;
}

/** The algorithms for which this command can generate keys. */
const MAKERS = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
  Ed25519: () => generateKeyPairSync('ed25519'),
} as const satisfies Readonly<Record<string, () => { publicKey: KeyObject; privateKey: KeyObject }>>;

/** The commands about the public keys of a client, for `private_key_jwt`. */
export function keyCommands(clients: Command): void {
  serviceCommand(clients, 'keys <clientId>', {
    summary: 'List the public keys of a client',
    ...NEEDS,
    examples: [['clients keys acme-feed', 'each with its kid, thumbprint and when it was added']],
  }).action(list);
  changeCommand(clients, 'add-key <clientId> <file>', {
    summary: 'Add public keys to a backend',
    ...NEEDS,
    more:
      'The file has a JWK, a JSON Web Key Set or PEM text of a public key; - reads standard input. The keys that the ' +
      'client has stay, and so does its secret.',
    examples: [
      ['clients add-key acme-feed next.jwk.json', 'before the client signs with it'],
      ['clients add-key acme-feed public.pem', 'its kid is its thumbprint'],
    ],
  }).action(add);
  changeCommand(clients, 'make-key <clientId> <file>', {
    summary: 'Make a key pair for a backend, and add its public key',
    ...NEEDS,
    more:
      'The private key is written to the file as PEM (PKCS #8) that only you can read, and never leaves this machine. The ' +
      'file must not exist yet.',
    examples: [['clients make-key acme-feed acme-feed.pem', 'for a client that has no key yet']],
  })
    .addOption(new Option('--alg <name>', 'what it signs by').choices(Object.keys(MAKERS)).default('ES256'))
    .action(make);
  finalCommand(clients, 'remove-key <clientId> <key>', {
    summary: 'Remove a public key from a client',
    ...NEEDS,
    more:
      'The key is named by its kid or its thumbprint. Assertions that it signed are refused at once. Tokens that it opened stay ' +
      'valid until they expire, unless you say that it leaked.',
    examples: [
      ['clients remove-key acme-feed 2025-01', 'the client signs with another one by now; asks first'],
      ['clients remove-key acme-feed 2025-01 --leaked', 'all tokens of the client end too'],
    ],
  })
    .option('--leaked', 'end all tokens of the client too')
    .action(remove);
}

async function list(clientId: string, options: ServiceOptions): Promise<void> {
  const one = await readClient(await asTenant(options), clientId);
  const items = one.keys ?? [];
  const { jwksUri } = one;
  show(options, { items, ...(jwksUri !== undefined && { jwksUri }) }, () => {
    if (jwksUri !== undefined) return `${clientId} publishes its keys at ${jwksUri}`;
    if (items.length === 0) return `${clientId} has no keys: it authenticates with a secret, or not at all`;
    return table(
      ['KID', 'TYPE', 'ALG', 'THUMBPRINT', 'ADDED'],
      items.map(({ kid, kty, crv, alg, thumbprint, addedAt }) => [kid, crv ?? kty, alg, thumbprint, addedAt]),
    );
  });
}

async function add(clientId: string, file: string, options: ChangeOptions): Promise<void> {
  const added = await publicKeysIn(file);
  const service = await asTenant(options);
  const current = await withKeysOfItsOwn(service, clientId);
  printClient(options, await addKeys(service, current, added, options));
}

async function make(clientId: string, file: string, { alg, ...options }: MakeOptions): Promise<void> {
  const service = await asTenant(options);
  const current = await withKeysOfItsOwn(service, clientId);
  const { publicKey, privateKey } = MAKERS[alg]();
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = thumbprintOf(jwk as KeyMembers);
  await writePrivate(file, privateKey);
  try {
    const changed = await addKeys(service, current, [{ ...jwk, kid, alg }], options);
    if (!options.json) note(`The private key is in ${file}. Its kid is ${kid}`);
    printClient(options, changed);
  } catch (error) {
    await rm(file);
    throw error;
  }
}

async function remove(clientId: string, name: string, { leaked, ...options }: RemoveOptions): Promise<void> {
  const service = await asTenant(options);
  const current = await readClient(service, clientId);
  const named = current.keys?.findIndex(({ kid, thumbprint }) => kid === name || thumbprint === name) ?? -1;
  if (named < 0)
    throw new CommandFailure(
      `${clientId} has no key ${name}. See them with: onesession clients keys ${clientId}`,
      EXIT.notFound,
    );
  await confirm(options, `Remove the key ${name} of ${clientId}`, name);
  const rest = (current.jwks?.keys ?? []).filter((_key, i) => i !== named);
  const changes = { jwks: rest.length === 0 ? null : { keys: rest }, ...(leaked && { endTokens: true }) };
  printClient(options, await patch(service, current, changes, options));
}

/** @throws CommandFailure if the client publishes its keys itself, at its `jwksUri` */
async function withKeysOfItsOwn(service: Service, clientId: string): Promise<ClientRecord> {
  const current = await readClient(service, clientId);
  if (current.jwksUri === undefined) return current;
  throw new CommandFailure(
    `${clientId} publishes its keys at ${current.jwksUri}: add the key there, or give it keys of its own with clients change --jwks`,
  );
}

const addKeys = (
  service: Service,
  current: ClientRecord,
  added: readonly unknown[],
  options: ChangeOptions,
): Promise<ClientRecord> =>
  patch(service, current, { jwks: { keys: [...(current.jwks?.keys ?? []), ...added] } }, options);

async function patch(
  service: Service,
  { clientId, metadata: { version } }: ClientRecord,
  changes: object,
  { reason }: ChangeOptions,
): Promise<ClientRecord> {
  const body = { ...changes, metadata: { version } };
  return clientRecord.parse(await service.patch(pathOf(service, clientId), { body, reason }));
}

/**
 * Reads the keys of a JWK, a JSON Web Key Set or PEM text. A private key is refused here, so that it is never sent.
 * @throws WrongUsage
 */
export async function publicKeysIn(file: string): Promise<readonly unknown[]> {
  const keys = keysIn(file, await readText(file));
  if (!keys.some(isPrivateKey)) return keys;
  throw new WrongUsage(
    `${file} has a private key, which must stay with the client. Of PEM text, this prints the public key: ` +
      `openssl pkey -in ${file} -pubout`,
  );
}

function keysIn(file: string, text: string): readonly unknown[] {
  const pem = text.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g);
  if (pem) return pem;
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return 'keys' in json ? [json.keys].flat() : [json];
  } catch {
    // Told below.
  }
  throw new WrongUsage(`${file} has neither a JWK, nor a JSON Web Key Set, nor PEM text of a public key`);
}

async function writePrivate(file: string, key: KeyObject): Promise<void> {
  try {
    await writeFile(file, key.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new WrongUsage(`${file} can't be written: ${reasonOf(error)}`);
  }
}
