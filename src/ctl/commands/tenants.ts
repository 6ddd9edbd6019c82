import type { Command } from 'commander';
import { z } from 'zod';
import { followJob } from '../api/jobs.js';
import { readList } from '../api/pages.js';
import { adminPath, type Service } from '../api/service.js';
import { asOperator, type ChangeOptions, type FinalOptions, type ServiceOptions } from '../frame/callers.js';
import { changeCommand, finalCommand, group, serviceCommand } from '../frame/group.js';
import { readJson, wholeNumber } from '../frame/values.js';
import { confirm } from '../io/confirmation.js';
import { fields, note, show, table } from '../io/output.js';
import { Progress } from '../io/progress.js';

const listedTenant = z.looseObject({
  name: z.string(),
  enabled: z.boolean(),
  settings: z.looseObject({}),
  metadata: z.looseObject({ version: z.number(), createdAt: z.string().optional() }),
});
const wholeTenant = listedTenant.extend({
  clients: z.array(z.looseObject({ clientId: z.string() })),
  sites: z.array(z.looseObject({ code: z.string() })),
  kept: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
type WholeTenant = z.infer<typeof wholeTenant>;

interface ListOptions extends ServiceOptions {
  readonly limit: number;
  readonly cursor?: string;
}

interface FileOptions extends ChangeOptions {
  readonly file?: string;
}

interface DeleteOptions extends FinalOptions {
  readonly wait: boolean;
}

export function tenantCommands(program: Command): void {
  const tenants = group(program, 'tenants', 'List, create, change, switch off and delete tenants');
  addReading(tenants);
  addChanging(tenants);
  addSwitches(tenants);
  finalCommand(tenants, 'delete <name>', {
    summary: 'Delete a tenant with everything that it has',
    needs: 'operator',
    more: 'It takes at least a minute, and goes on if you stop waiting.',
    examples: [
      ['tenants delete oldshop', 'asks, and waits until nothing is left'],
      ['tenants delete oldshop --yes --no-wait --reason "contract ended"', 'for a script'],
    ],
  })
    .option('--no-wait', 'do not wait for the job')
    .action(remove);
}

function addReading(tenants: Command): void {
  serviceCommand(tenants, 'list', {
    summary: 'List the tenants, newest first',
    needs: 'operator',
    examples: [['tenants list', 'the newest tenants, and whether they are switched on']],
  })
    .option('--limit <n>', 'how many to list', wholeNumber(1), 50)
    .option('--cursor <cursor>', 'go on where an earlier list ended')
    .action(list);
  serviceCommand(tenants, 'show <name>', {
    summary: 'Show a tenant',
    needs: 'operator',
    more: 'No secret is ever shown.',
    examples: [['tenants show acme --json', 'settings, clients, sites and the settings of the VTEX dialect']],
  }).action(async (name: string, options: ServiceOptions) => {
    const service = await asOperator(options);
    print(options, wholeTenant.parse(await service.get(adminPath('tenants', name))));
  });
}

function addChanging(tenants: Command): void {
  changeCommand(tenants, 'create <name>', {
    summary: 'Create a tenant',
    needs: 'operator',
    more: 'Either all that the file holds is created or, if something is refused, nothing.',
    examples: [
      ['tenants create newshop', 'an empty tenant'],
      ['tenants create newshop --file newshop.json', 'with settings, clients and sites'],
      ['tenants create newshop --file - < newshop.json', 'the same, from standard input'],
    ],
  })
    .option('--file <file>', 'JSON of what the tenant holds, in the form of the bootstrap file')
    .action(async (name: string, options: FileOptions) => {
      const service = await asOperator(options);
      const body = { ...(await contentOf(options)), name };
      print(
        options,
        wholeTenant.parse(await service.post(adminPath('tenants'), { body, reason: options.reason })),
      );
    });
  changeCommand(tenants, 'change <name>', {
    summary: 'Change the settings of a tenant, or add parts to it',
    needs: 'operator',
    more: 'Settings are merged (RFC 7396): null removes one. Clients, sites and the like that exist are kept as they are.',
    examples: [['tenants change acme --file change.json', '{"settings": {"cartAtLogin": "merge"}}']],
  })
    .requiredOption('--file <file>', 'JSON of what changes, in the form of the bootstrap file')
    .action(async (name: string, options: FileOptions) => {
      const service = await asOperator(options);
      print(options, await patched(service, name, await contentOf(options), options));
    });
}

function addSwitches(tenants: Command): void {
  for (const [word, enabled, effect] of [
    ['off', false, 'its clients get no tokens and its tokens are refused; nothing is lost'],
    ['on', true, 'its sessions continue'],
  ] as const) {
    changeCommand(tenants, `${word} <name>`, {
      summary: `Switch a tenant ${word}`,
      needs: 'operator',
      more: 'It takes effect on every instance within five seconds.',
      examples: [[`tenants ${word} acme`, effect]],
    }).action(async (name: string, options: ChangeOptions) => {
      print(options, await patched(await asOperator(options), name, { enabled }, options));
    });
  }
}

async function list({ limit, cursor, ...options }: ListOptions): Promise<void> {
  const service = await asOperator(options);
  const found = await readList(service, adminPath('tenants'), listedTenant, { limit, cursor });
  show(options, found, () =>
    table(
      ['NAME', 'ON', 'VERSION', 'CREATED'],
      found.items.map((one) => [one.name, one.enabled, one.metadata.version, one.metadata.createdAt]),
      found.next,
    ),
  );
}

async function remove(name: string, { wait, ...options }: DeleteOptions): Promise<void> {
  const service = await asOperator(options);
  await service.get(adminPath('tenants', name));
  await confirm(options, `Delete the tenant ${name} with everything that it has`, name);
  const answer = await service.delete(adminPath('tenants', name), {
    body: { confirm: name },
    reason: options.reason,
  });
  const { job } = z.object({ job: z.string() }).parse(answer);
  if (!wait) return show(options, { job }, () => `The deletion of ${name} goes on as job ${job}`);
  note('Requests in flight may still write, so this takes a minute or two. It goes on without this command');
  const path = adminPath('tenants', 'jobs', job);
  const done = await followJob(service, path, new Progress('records removed'));
  show(options, done, () => `${name} is deleted: ${done.done} records were removed`);
}

/** Sends the current version, which the API requires. */
async function patched(
  service: Service,
  name: string,
  change: object,
  options: ChangeOptions,
): Promise<WholeTenant> {
  const path = adminPath('tenants', name);
  const { version } = wholeTenant.parse(await service.get(path)).metadata;
  const body = { ...change, metadata: { version } };
  return wholeTenant.parse(await service.patch(path, { body, reason: options.reason }));
}

const contentOf = async ({ file }: FileOptions): Promise<object> =>
  file === undefined ? {} : readJson(file);

function print(options: ServiceOptions, tenant: WholeTenant): void {
  show(options, tenant, () => [
    ...fields({
      Name: tenant.name,
      'Switched on': tenant.enabled,
      Version: tenant.metadata.version,
      Created: tenant.metadata.createdAt,
      Clients: tenant.clients.map(({ clientId }) => clientId).join(', ') || 'none',
      Sites: tenant.sites.map(({ code }) => code).join(', ') || 'none',
      Settings: JSON.stringify(tenant.settings),
    }),
    ...(tenant.kept ?? []).map(({ field, message }) => `Kept as it is: ${field} ${message}`),
  ]);
}
