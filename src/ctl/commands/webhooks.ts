import { type Command, Option } from 'commander';
import { z } from 'zod';
import type { Service } from '../api/service.js';
import { asTenant, type ChangeOptions, type FinalOptions, type ServiceOptions } from '../frame/callers.js';
import { changeCommand, finalCommand, group, serviceCommand } from '../frame/group.js';
import { wholeNumber } from '../frame/values.js';
import { CommandFailure } from '../io/command-failure.js';
import { confirm } from '../io/confirmation.js';
import { fields, show, table } from '../io/output.js';

const NEEDS = { needs: 'scope event.webhook_manage' } as const;

/** The service's maximum for one page of deliveries. */
const PAGE = 60;

const webhook = z.looseObject({
  id: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  description: z.string().optional(),
  enabled: z.boolean(),
  switchedOff: z.string().optional(),
  earlierSecretsEndAt: z.array(z.string()),
  secret: z.string().optional(),
  metadata: z.looseObject({ version: z.number() }),
});
type Webhook = z.infer<typeof webhook>;

const delivery = z.looseObject({
  eventId: z.string(),
  type: z.string(),
  subject: z.string(),
  state: z.string(),
  attempts: z.number(),
  lastStatus: z.number().optional(),
  lastError: z.string().optional(),
  createdAt: z.string(),
});
type Delivery = z.infer<typeof delivery>;

const tested = z.looseObject({
  delivered: z.boolean(),
  status: z.number().optional(),
  error: z.string().optional(),
});

interface NewOptions extends ChangeOptions {
  readonly type: readonly string[];
  readonly description?: string;
  readonly off?: true;
}

interface DeliveriesOptions extends ServiceOptions {
  readonly state?: string;
  readonly limit: number;
}

export function webhookCommands(program: Command): void {
  const webhooks = group(
    program,
    'webhooks',
    'List, create, test, switch off and delete webhooks, and see what they got',
  );
  addReading(webhooks);
  addChanging(webhooks);
}

function addReading(webhooks: Command): void {
  serviceCommand(webhooks, 'list', {
    summary: 'List the webhooks of the tenant',
    ...NEEDS,
    examples: [['webhooks list', 'each with its URL and the types of events that it gets']],
  }).action(list);
  serviceCommand(webhooks, 'show <webhookId>', {
    summary: 'Show a webhook',
    ...NEEDS,
    more: 'No secret is ever shown.',
    examples: [['webhooks show 65a51f3e9b1c4d0012ab34cd', 'also whether the service has switched it off']],
  }).action(async (id: string, options: ServiceOptions) => {
    const service = await asTenant(options);
    print(options, webhook.parse(await service.get(pathOf(service, id))));
  });
  serviceCommand(webhooks, 'deliveries <webhookId>', {
    summary: 'List what was sent to a webhook, newest first',
    ...NEEDS,
    more: 'Delivered events are listed for three days, others for two weeks.',
    examples: [
      ['webhooks deliveries 65a51f3e9b1c4d0012ab34cd', 'the latest 60'],
      ['webhooks deliveries 65a51f3e9b1c4d0012ab34cd --state failed', 'those whose last attempt failed'],
    ],
  })
    .addOption(
      new Option('--state <state>', 'only these').choices(['pending', 'failed', 'delivered'] as const),
    )
    .option('--limit <n>', 'how many to list', wholeNumber(1), PAGE)
    .action(listDeliveries);
}

function addChanging(webhooks: Command): void {
  changeCommand(webhooks, 'create <url>', {
    summary: 'Create a webhook',
    ...NEEDS,
    more: 'It gets the events that happen from then on. Its secret is printed once, and nobody can read it again.',
    examples: [
      ['webhooks create https://hooks.example.com/onesession', 'all events'],
      ["webhooks create https://hooks.example.com/c --type 'onesession.context.*'", 'changes of contexts'],
    ],
  })
    .option('--type <types...>', 'types of events, such as onesession.context.*', ['*'])
    .option('--description <text>', 'a text for people to read')
    .option('--off', 'send nothing until it is switched on')
    .action(create);
  changeCommand(webhooks, 'test <webhookId>', {
    summary: 'Send a test event, and tell what the target answered',
    ...NEEDS,
    more: 'It exits with 1 if the target did not take it. It is sent even if the webhook is off.',
    examples: [['webhooks test 65a51f3e9b1c4d0012ab34cd', 'an event of type onesession.webhook.test']],
  }).action(test);
  for (const [name, enabled, more] of [
    ['off', false, 'Nothing is sent to it. What is still open waits.'],
    [
      'on',
      true,
      'It gets the events from then on, and what was still open. An answer of 410 switches one off.',
    ],
  ] as const) {
    changeCommand(webhooks, `${name} <webhookId>`, {
      summary: `Switch a webhook ${name}`,
      ...NEEDS,
      more,
      examples: [[`webhooks ${name} 65a51f3e9b1c4d0012ab34cd`, 'takes effect at once']],
    }).action(async (id: string, options: ChangeOptions) => {
      const service = await asTenant(options);
      const change = { body: { enabled }, reason: options.reason };
      print(options, webhook.parse(await service.patch(pathOf(service, id), change)));
    });
  }
  finalCommand(webhooks, 'delete <webhookId>', {
    summary: 'Delete a webhook with its deliveries',
    ...NEEDS,
    more: 'Events that it has not got yet are not sent.',
    examples: [['webhooks delete 65a51f3e9b1c4d0012ab34cd', 'asks first']],
  }).action(remove);
}

async function list(options: ServiceOptions): Promise<void> {
  const service = await asTenant(options);
  const items = z.array(webhook).parse(await service.get(service.path('webhooks')));
  show(options, { items }, () =>
    table(
      ['WEBHOOK', 'ON', 'URL', 'TYPES'],
      items.map((one) => [one.id, one.enabled, one.url, one.types.join(' ')]),
    ),
  );
}

async function create(url: string, options: NewOptions): Promise<void> {
  const service = await asTenant(options);
  const { type: types, description, off, reason } = options;
  const body = { url, types, description, enabled: off !== true };
  print(options, webhook.parse(await service.post(service.path('webhooks'), { body, reason })));
}

async function test(id: string, options: ChangeOptions): Promise<void> {
  const service = await asTenant(options);
  const { reason } = options;
  const answer = tested.parse(await service.post(`${pathOf(service, id)}/test`, { reason }));
  if (!answer.delivered) {
    const told = answer.status === undefined ? (answer.error ?? 'no answer') : `it answered ${answer.status}`;
    throw new CommandFailure(`The target did not take the test: ${told}`);
  }
  show(options, answer, () => `The target took the test, and answered ${answer.status ?? 'nothing'}`);
}

async function listDeliveries(id: string, options: DeliveriesOptions): Promise<void> {
  const { state, limit } = options;
  const service = await asTenant(options);
  const items: Delivery[] = [];
  for (let pageNumber = 1, left = true; left && items.length < limit; pageNumber += 1) {
    const query = { state, pageNumber, pageSize: PAGE };
    const page = z.array(delivery).parse(await service.get(`${pathOf(service, id)}/deliveries`, { query }));
    items.push(...page.slice(0, limit - items.length));
    left = page.length === PAGE;
  }
  show(options, { items }, () =>
    table(
      ['CREATED', 'STATE', 'ATTEMPTS', 'LAST', 'TYPE', 'SUBJECT'],
      items.map((one) => [
        one.createdAt,
        one.state,
        one.attempts,
        one.lastStatus ?? one.lastError,
        one.type,
        one.subject,
      ]),
    ),
  );
}

async function remove(id: string, options: FinalOptions): Promise<void> {
  const service = await asTenant(options);
  const { url } = webhook.parse(await service.get(pathOf(service, id)));
  await confirm(options, `Delete the webhook ${id}, which posts to ${url}`, id);
  await service.delete(pathOf(service, id), { reason: options.reason });
  show(options, { deleted: id }, () => `${id} is deleted`);
}

const pathOf = (service: Service, id: string): string => service.path('webhooks', id);

function print(options: ServiceOptions, one: Webhook): void {
  show(options, one, () =>
    fields({
      Webhook: one.id,
      URL: one.url,
      Types: one.types.join(' '),
      Description: one.description,
      'Switched on': one.enabled,
      'Switched off because the target is': one.switchedOff,
      Version: one.metadata.version,
      'Earlier secrets end': one.earlierSecretsEndAt.join(', ') || undefined,
      'Secret, shown only now': one.secret,
    }),
  );
}
