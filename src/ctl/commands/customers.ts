import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { reasonOf } from '../../shared/system-error.js';
import { readList } from '../api/pages.js';
import type { Service } from '../api/service.js';
import { asTenant, type FinalOptions, type ServiceOptions } from '../frame/callers.js';
import { finalCommand, group, serviceCommand } from '../frame/group.js';
import { wholeNumber } from '../frame/values.js';
import { CommandFailure } from '../io/command-failure.js';
import { confirm } from '../io/confirmation.js';
import { EXIT } from '../io/exit-codes.js';
import { fields, show, table } from '../io/output.js';

const MANAGES = { needs: 'scope customer.customer_manage' } as const;

const foundCustomer = z.looseObject({
  id: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  createdAt: z.string(),
  active: z.boolean(),
  onHold: z.boolean(),
  sessions: z.number(),
});
const customerDetails = foundCustomer.extend({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  customerNumber: z.string().optional(),
  groups: z.array(z.string()),
  preferredSite: z.string().optional(),
  preferredCurrency: z.string().optional(),
  preferredLanguage: z.string().optional(),
  carts: z.number(),
});

interface FindOptions extends ServiceOptions {
  readonly email?: string;
  readonly search?: string;
  readonly limit: number;
  readonly cursor?: string;
}

interface ExportOptions extends ServiceOptions {
  readonly ndjson?: true;
  readonly output?: string;
}

const WHO = 'A customer is named by id or e-mail address.';

export function customerCommands(program: Command): void {
  const customers = group(program, 'customers', 'Find customers, log them out, export and erase their data');
  addFind(customers);
  addShow(customers);
  addExport(customers);
  finalCommand(customers, 'end-sessions <customer>', {
    summary: 'End all sessions of a customer, on every device',
    ...MANAGES,
    more: WHO,
    examples: [['customers end-sessions anna@acme.test --reason "phone stolen"', 'asks first']],
  }).action(endSessions);
  finalCommand(customers, 'erase <customer>', {
    summary: 'Erase a person: customer, addresses, sessions, carts and mails',
    ...MANAGES,
    more: `${WHO} An interrupted erasure goes on by itself.`,
    examples: [['customers erase anna@acme.test', 'asks to type the e-mail address']],
  }).action(erase);
}

function addFind(customers: Command): void {
  serviceCommand(customers, 'find', {
    summary: 'Find customers, newest first',
    needs: 'scope customer.customer_read',
    examples: [
      ['customers find --email anna@acme.test', 'one customer, by any spelling that logs in'],
      ['customers find --search ann', 'e-mail address, first or last name begin with it'],
    ],
  })
    .option('--email <email>', 'e-mail address')
    .option('--search <text>', 'beginning of e-mail address, first or last name')
    .option('--limit <n>', 'how many to list', wholeNumber(1), 50)
    .option('--cursor <cursor>', 'go on where an earlier list ended')
    .action(find);
}

function addShow(customers: Command): void {
  serviceCommand(customers, 'show <customer>', {
    summary: 'Show a customer, and whether they are blocked',
    needs: 'scope customer.customer_read',
    more: WHO,
    examples: [['customers show anna@acme.test', 'one customer']],
  }).action(showOne);
}

function addExport(customers: Command): void {
  serviceCommand(customers, 'export <customer>', {
    summary: 'Export everything held about a person',
    ...MANAGES,
    more: `${WHO} It is JSON in any case, without passwords and tokens.`,
    examples: [
      ['customers export anna@acme.test --output anna.json', 'one JSON object'],
      ['customers export anna@acme.test --ndjson > anna.ndjson', 'one record per line, of any number'],
    ],
  })
    .option('--ndjson', 'one record per line, each with its kind')
    .option('--output <file>', 'write to a new file instead of standard output')
    .action(exportPerson);
}

async function find({ search: q, email, limit, cursor, ...options }: FindOptions): Promise<void> {
  const service = await asTenant(options);
  const found = await readList(service, service.path('customers'), foundCustomer, {
    q,
    email,
    limit,
    cursor,
  });
  show(options, found, () =>
    table(
      ['CUSTOMER', 'E-MAIL', 'NAME', 'BLOCKED', 'SESSIONS', 'SIGNED UP'],
      found.items.map((one) => [one.id, one.email, nameOf(one), blockOf(one), one.sessions, one.createdAt]),
      found.next,
    ),
  );
}

async function showOne(who: string, options: ServiceOptions): Promise<void> {
  const service = await asTenant(options);
  const one = customerDetails.parse(await service.get(service.path('customers', await idOf(service, who))));
  show(options, one, () =>
    fields({
      Customer: one.id,
      'E-mail': one.email,
      Name: nameOf(one),
      Number: one.customerNumber,
      Blocked: blockOf(one),
      Groups: one.groups.join(', ') || undefined,
      Site: one.preferredSite,
      Currency: one.preferredCurrency,
      Language: one.preferredLanguage,
      Sessions: one.sessions,
      'Open carts': one.carts,
      'Signed up': one.createdAt,
    }),
  );
}

const nameOf = ({ firstName = '', lastName = '' }: { firstName?: string; lastName?: string }) =>
  `${firstName} ${lastName}`.trim() || undefined;

/** Either block keeps a customer out. */
const blockOf = ({ active, onHold }: { active: boolean; onHold: boolean }): string =>
  [...(active ? [] : ['inactive']), ...(onHold ? ['on hold'] : [])].join(', ') || 'no';

async function exportPerson(who: string, { ndjson, output, ...options }: ExportOptions): Promise<void> {
  const service = await asTenant(options);
  const path = service.path('customers', await idOf(service, who), 'export');
  const accept = ndjson ? 'application/x-ndjson' : 'application/json';
  const response = await service.send('GET', path, { accept });
  if (ndjson) {
    await write(Readable.fromWeb(z.instanceof(ReadableStream).parse(response.body)), output);
  } else {
    await write([`${JSON.stringify(await response.json(), undefined, 2)}\n`], output);
  }
  if (output !== undefined) show(options, { file: output }, () => `Written to ${output}`);
}

/** Readable by this user only, because it holds personal data. An existing file is never overwritten. */
async function write(content: Iterable<string> | Readable, file: string | undefined): Promise<void> {
  if (file === undefined) return pipeline(content, process.stdout, { end: false });
  try {
    await pipeline(content, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    throw new CommandFailure(`${file} can't be written: ${reasonOf(error)}`);
  }
}

async function endSessions(who: string, options: FinalOptions): Promise<void> {
  const service = await asTenant(options);
  const path = service.path('customers', await idOf(service, who), 'sessions');
  await confirm(options, `End all sessions of ${who}`, 'yes');
  const answer = await service.delete(path, { reason: options.reason });
  const { ended } = z.object({ ended: z.number() }).parse(answer);
  show(options, { ended }, () => `${ended} sessions have ended`);
}

async function erase(who: string, options: FinalOptions): Promise<void> {
  const service = await asTenant(options);
  const path = service.path('customers', await idOf(service, who));
  await confirm(options, `Erase ${who} with all addresses, sessions, carts and mails`, who);
  const answer = await service.delete(path, { reason: options.reason });
  const { erased } = z.object({ erased: z.record(z.string(), z.number()) }).parse(answer);
  show(options, { erased }, () => [`${who} is erased:`, ...fields(erased)]);
}

/** @throws CommandFailure - nobody has this e-mail address */
async function idOf(service: Service, who: string): Promise<string> {
  if (!who.includes('@')) return who;
  const query = { email: who, limit: 1 };
  const [found] = (await readList(service, service.path('customers'), foundCustomer, query)).items;
  if (found === undefined) {
    throw new CommandFailure(`${service.tenant} has no customer ${who}`, EXIT.notFound);
  }
  return found.id;
}
