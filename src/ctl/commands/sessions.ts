import { type Command, Option } from 'commander';
import { z } from 'zod';
import { followJob } from '../api/jobs.js';
import { readList } from '../api/pages.js';
import { asTenant, type FinalOptions, type ServiceOptions } from '../frame/callers.js';
import { finalCommand, group, serviceCommand } from '../frame/group.js';
import { wholeNumber } from '../frame/values.js';
import { WrongUsage } from '../io/command-failure.js';
import { confirm } from '../io/confirmation.js';
import { fields, show, table } from '../io/output.js';
import { Progress } from '../io/progress.js';

const READS = { needs: 'scope session.session_read' } as const;

const listedSession = z.looseObject({
  sessionId: z.string(),
  kind: z.string(),
  state: z.string(),
  email: z.string().optional(),
  customerId: z.string().optional(),
  clientId: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  endsAt: z.string().optional(),
  siteCode: z.string().optional(),
  currency: z.string().optional(),
  targetLocation: z.string().optional(),
  language: z.string().optional(),
  cartId: z.string().optional(),
  version: z.number().optional(),
});
const counts = z.looseObject({
  total: z.number(),
  counts: z.array(z.looseObject({ sessions: z.number() })),
  asOf: z.string(),
});

interface FindOptions extends ServiceOptions {
  readonly limit: number;
  readonly cursor?: string;
  readonly customer?: string;
  /** By the name of the query parameter. */
  readonly [filter: string]: string | number | boolean | undefined;
}

interface EndOptions extends FinalOptions {
  readonly createdBefore?: string;
  readonly kind?: string;
  readonly wait: boolean;
}

export function sessionCommands(program: Command): void {
  const sessions = group(program, 'sessions', 'Find, show, count and end sessions of a tenant');
  addFind(sessions);
  addReading(sessions);
  addEnd(sessions);
}

const kindOption = (): Option =>
  new Option('--kind <kind>', 'whose they are').choices(['anonymous', 'customer']);

function addFind(sessions: Command): void {
  serviceCommand(sessions, 'find', {
    summary: 'Find sessions, newest first',
    ...READS,
    more: 'Several filters apply together.',
    examples: [
      ['sessions find --email anna@acme.test', 'all sessions of a customer'],
      ['sessions find --kind anonymous --currency USD --limit 500', 'guests who pay in dollars'],
    ],
  })
    .option('--email <email>', 'e-mail address of the customer')
    .option('--customer <id>', 'id of the customer')
    .addOption(kindOption())
    .addOption(
      new Option('--state <state>', 'served, or waiting for a refresh').choices(['alive', 'dormant']),
    )
    .option('--cart-id <id>', 'cart of the context')
    .option('--client-id <id>', 'OAuth client of the storefront')
    .option('--site-code <code>', 'site of the context')
    .option('--currency <code>', 'currency of the context')
    .option('--target-location <code>', 'country of the context')
    .option('--segment <token>', 'segment token')
    .option('--created-after <time>', 'began then or later')
    .option('--created-before <time>', 'began before then')
    .option('--limit <n>', 'how many to list', wholeNumber(1), 50)
    .option('--cursor <cursor>', 'go on where an earlier list ended')
    .action(find);
}

function addReading(sessions: Command): void {
  serviceCommand(sessions, 'show <sessionId>', {
    summary: 'Show a session with its context, cart and where its values come from',
    ...READS,
    examples: [['sessions show 62528895-b561-4518-bfdc-2cbf52a07845', 'one session']],
  }).action(showOne);
  serviceCommand(sessions, 'count', {
    summary: 'Count sessions',
    ...READS,
    more: 'The counts are a minute old at most.',
    examples: [['sessions count --by siteCode,currency', 'for each site and currency']],
  })
    .option('--by <names>', 'kind, siteCode, currency, segment, separated by commas', 'kind')
    .action(count);
}

function addEnd(sessions: Command): void {
  finalCommand(sessions, 'end [sessionId]', {
    summary: 'End a session, or all that began before a time',
    needs: 'scope session.session_manage',
    more: 'Their tokens are refused at once. Many sessions are ended by a job, which goes on if you stop waiting.',
    examples: [
      ['sessions end 62528895-b561-4518-bfdc-2cbf52a07845', 'one session; asks first'],
      ['sessions end --created-before 2026-11-01T00:00:00Z --kind anonymous --yes', 'old guest sessions'],
    ],
  })
    .option('--created-before <time>', 'all that began before then')
    .addOption(kindOption())
    .option('--no-wait', 'do not wait for the job')
    .action((sessionId: string | undefined, options: EndOptions) =>
      sessionId === undefined ? endMany(options) : endOne(sessionId, options),
    );
}

async function find(options: FindOptions): Promise<void> {
  const { json, url, adminUrl, customer, ...query } = options;
  const service = await asTenant({ url, adminUrl });
  const filters = { ...query, ...(customer !== undefined && { customerId: customer }) };
  const found = await readList(service, service.path('sessions'), listedSession, filters);
  show({ json }, found, () =>
    table(
      ['SESSION', 'KIND', 'STATE', 'WHO', 'SITE', 'CURRENCY', 'COUNTRY', 'LAST USED'],
      found.items.map((one) => [
        one.sessionId,
        one.kind,
        one.state,
        one.email ?? one.customerId ?? one.clientId,
        one.siteCode,
        one.currency,
        one.targetLocation,
        one.lastUsedAt,
      ]),
      found.next,
    ),
  );
}

async function showOne(sessionId: string, options: ServiceOptions): Promise<void> {
  const service = await asTenant(options);
  const one = listedSession
    .extend({ segment: z.string().optional() })
    .parse(await service.get(service.path('sessions', sessionId)));
  show(options, one, () =>
    fields({
      Session: one.sessionId,
      Kind: one.kind,
      State: one.state,
      Customer: one.customerId,
      'E-mail': one.email,
      Client: one.clientId,
      Began: one.createdAt,
      'Last used': one.lastUsedAt,
      Ends: one.endsAt ?? 'at logout',
      Site: one.siteCode,
      Currency: one.currency,
      Country: one.targetLocation,
      Language: one.language,
      Cart: one.cartId,
      'Context version': one.version ?? 'no context yet',
      Segment: one.segment,
    }),
  );
}

async function count({ by, ...options }: ServiceOptions & { readonly by: string }): Promise<void> {
  const service = await asTenant(options);
  const counted = counts.parse(await service.get(service.path('sessions', 'count'), { query: { by } }));
  const names = by.split(',');
  show(options, counted, () => [
    ...table(
      [...names.map((name) => name.toUpperCase()), 'SESSIONS'],
      counted.counts.map((one) => [...names.map((name) => textOf(one[name])), one.sessions]),
    ),
    `${counted.total} in all, as of ${counted.asOf}`,
  ]);
}

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

async function endOne(sessionId: string, { createdBefore, kind, ...options }: EndOptions): Promise<void> {
  if (createdBefore !== undefined || kind !== undefined) {
    throw new WrongUsage('Name one session, or --created-before and --kind, not both');
  }
  const service = await asTenant(options);
  const path = service.path('sessions', sessionId);
  await confirm(options, `End the session ${sessionId}`, 'yes');
  await service.delete(path, { reason: options.reason });
  show(options, { ended: 1 }, () => 'The session has ended');
}

async function endMany({ createdBefore, kind, wait, ...options }: EndOptions): Promise<void> {
  if (createdBefore === undefined) throw new WrongUsage('Name a session, or a time by --created-before');
  const service = await asTenant(options);
  const whose = kind === undefined ? '' : `${kind} `;
  await confirm(
    options,
    `End all ${whose}sessions of ${service.tenant} that began before ${createdBefore}`,
    'yes',
  );
  const answer = await service.delete(service.path('sessions'), {
    query: { createdBefore, kind },
    reason: options.reason,
  });
  const { job } = z.object({ job: z.string() }).parse(answer);
  if (!wait) return show(options, { job }, () => `They are ended by the job ${job}`);
  const done = await followJob(service, service.path('jobs', job), new Progress('sessions ended'));
  show(options, done, () => `${done.done} sessions have ended`);
}
