import type { Command } from 'commander';
import { z } from 'zod';
import { adminPath } from '../api/service.js';
import { asOperator, type ChangeOptions, type FinalOptions, type ServiceOptions } from '../frame/callers.js';
import { changeCommand, finalCommand, group, serviceCommand } from '../frame/group.js';
import { confirm } from '../io/confirmation.js';
import { show, table } from '../io/output.js';

const signingKeys = z.looseObject({
  items: z.array(
    z.looseObject({
      kid: z.string(),
      createdAt: z.string(),
      signs: z.boolean(),
      secret: z.enum(['first', 'earlier', 'none']),
    }),
  ),
});

const KEYS_PATH = adminPath('signing-keys');

export function keyCommands(program: Command): void {
  const keys = group(program, 'keys', 'List, rotate and drop the keys that tokens are signed with');
  serviceCommand(keys, 'list', {
    summary: 'List the signing keys, newest first',
    needs: 'operator',
    examples: [['keys list', 'which one signs, and which secret of KEYS_SECRET opens each']],
  }).action(async (options: ServiceOptions) => {
    const service = await asOperator(options);
    print(options, await service.get(KEYS_PATH));
  });
  changeCommand(keys, 'rotate', {
    summary: 'Sign with a new key from now on',
    needs: 'operator',
    more: 'Tokens of the older keys stay valid until they expire.',
    examples: [['keys rotate --reason "yearly"', 'nobody is logged out']],
  }).action(async (options: ChangeOptions) => {
    const service = await asOperator(options);
    print(options, await service.post(KEYS_PATH, { reason: options.reason }));
  });
  finalCommand(keys, 'drop <kid>', {
    summary: 'Drop a signing key that leaked',
    needs: 'operator',
    more: 'All its tokens are refused within five seconds. If it signs, a new key takes its place.',
    examples: [['keys drop NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', 'asks first']],
  })
    // The id of a key may begin with a hyphen.
    .allowUnknownOption()
    .action(drop);
}

async function drop(kid: string, options: FinalOptions): Promise<void> {
  const service = await asOperator(options);
  await confirm(options, `Drop the signing key ${kid} and refuse all its tokens`, 'yes');
  await service.delete(adminPath('signing-keys', kid), { reason: options.reason });
  show(options, { dropped: kid }, () => `${kid} is dropped`);
}

function print(options: ServiceOptions, answer: unknown): void {
  const keys = signingKeys.parse(answer);
  show(options, keys, () =>
    table(
      ['KEY', 'CREATED', 'SIGNS', 'OPENED BY'],
      keys.items.map(({ kid, createdAt, signs, secret }) => [kid, createdAt, signs, OPENED_BY[secret]]),
    ),
  );
}

const OPENED_BY = {
  first: 'the first secret',
  earlier: 'an earlier secret',
  none: 'no secret of KEYS_SECRET',
} as const;
