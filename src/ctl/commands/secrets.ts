import type { Command } from 'commander';
import { z } from 'zod';
import { adminPath } from '../api/service.js';
import { asOperator, type ChangeOptions } from '../frame/callers.js';
import { changeCommand, group } from '../frame/group.js';
import { CommandFailure } from '../io/command-failure.js';
import { show } from '../io/output.js';

const reencrypted = z.looseObject({
  signingKeys: z.looseObject({
    reencrypted: z.array(z.string()),
    unchanged: z.array(z.string()),
    unreadable: z.array(z.string()),
  }),
  webhookSecrets: z.looseObject({
    reencrypted: z.number(),
    unchanged: z.number(),
    unreadable: z.array(z.looseObject({ tenant: z.string(), webhookId: z.string() })),
  }),
});

export function secretCommands(program: Command): void {
  const secrets = group(program, 'secrets', 'Replace the secret that encrypts what is stored');
  changeCommand(secrets, 'rotate', {
    summary: 'Encrypt what is stored with the first secret of KEYS_SECRET',
    needs: 'operator',
    more:
      'Covers the signing keys and the secrets of webhooks. Before: put the new secret in front of the list, and start ' +
      'every instance with it. Afterwards: take the older secrets out of the list. Nobody is logged out.',
    examples: [['secrets rotate', 'KEYS_SECRET is "new secret,old secret" on every instance']],
  }).action(rotate);
}

async function rotate(options: ChangeOptions): Promise<void> {
  const service = await asOperator(options);
  const path = adminPath('stored-secrets', 're-encryption');
  const done = reencrypted.parse(await service.post(path, { reason: options.reason }));
  const { reencrypted: changed, unchanged, unreadable } = done.signingKeys;
  if (unreadable.length > 0) {
    throw new CommandFailure(
      `${changed.length} signing keys were encrypted again, but no secret of KEYS_SECRET opens ${unreadable.join(', ')}. ` +
        'Add the secret that does to the list, or drop these keys',
    );
  }
  const { webhookSecrets } = done;
  if (webhookSecrets.unreadable.length > 0) {
    const names = webhookSecrets.unreadable.map(({ tenant, webhookId }) => `${tenant}/${webhookId}`);
    throw new CommandFailure(
      `${changed.length} signing keys and ${webhookSecrets.reencrypted} webhook secrets were encrypted again, but no secret ` +
        `of KEYS_SECRET opens those of the webhooks ${names.join(', ')}. Add the secret that does to the list, or give ` +
        'these webhooks a new one',
    );
  }
  show(options, done, () => [
    `${changed.length} signing keys were encrypted again; ${unchanged.length} already were.`,
    `${webhookSecrets.reencrypted} webhook secrets were encrypted again; ${webhookSecrets.unchanged} already were.`,
    'The older secrets can be taken out of KEYS_SECRET.',
  ]);
}
