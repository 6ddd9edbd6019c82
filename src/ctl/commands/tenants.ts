import type { Command } from 'commander';
import { z } from 'zod';
import { type AddressOptions, operatorCredentials } from '../api/connection.js';
import { adminPath, Service } from '../api/service.js';
import { group, serviceCommand } from '../frame/group.js';
import { type OutputOptions, show, table } from '../io/output.js';

interface Options extends AddressOptions, OutputOptions {}

const tenant = z.looseObject({
  name: z.string(),
  enabled: z.boolean(),
  metadata: z.looseObject({ version: z.number(), createdAt: z.string().optional() }),
});
const page = z.object({ items: z.array(tenant), next: z.string().optional() });

export function tenantCommands(program: Command): void {
  const tenants = group(program, 'tenants', 'List, create, change, switch off and delete tenants');
  serviceCommand(tenants, 'list', {
    summary: 'List the tenants, newest first',
    more: 'Needs OPERATOR_SECRET.',
    examples: [['tenants list', 'every tenant, and whether it is switched on']],
  }).action(async (options: Options) => {
    const service = await Service.connect(options, operatorCredentials());
    const found = page.parse(await service.get(adminPath('tenants')));
    show(options, found, () =>
      table(
        ['NAME', 'ON', 'VERSION', 'CREATED'],
        found.items.map((one) => [one.name, one.enabled, one.metadata.version, one.metadata.createdAt]),
      ),
    );
  });
}
