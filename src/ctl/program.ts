import addCompletion from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { VERSION } from '../shared/version.js';
import { appCommands } from './commands/apps.js';
import { backupCommands } from './commands/backups.js';
import { checkConfigCommand } from './commands/check-config.js';
import { clientCommands } from './commands/clients.js';
import { consoleCommands } from './commands/console.js';
import { customerCommands } from './commands/customers.js';
import { doctorCommand } from './commands/doctor.js';
import { keyCommands } from './commands/keys.js';
import { movingCommands } from './commands/moving.js';
import { secretCommands } from './commands/secrets.js';
import { sessionCommands } from './commands/sessions.js';
import { tenantCommands } from './commands/tenants.js';
import { webhookCommands } from './commands/webhooks.js';

/** In the order of the help page. */
const GROUPS = [
  tenantCommands,
  clientCommands,
  keyCommands,
  secretCommands,
  sessionCommands,
  customerCommands,
  appCommands,
  webhookCommands,
  consoleCommands,
  backupCommands,
  movingCommands,
  checkConfigCommand,
  doctorCommand,
];

const ENVIRONMENT = `
The environment:
  ONESESSION_URL            address of the service, unless --url names it
  ONESESSION_ADMIN_URL      address of its ADMIN_PORT, if it has one
  ONESESSION_CLIENT_ID      a backend client of the tenant to work on
  ONESESSION_CLIENT_SECRET  its secret
  OPERATOR_SECRET           secret of the operator, for tenants, keys and secrets

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not reachable, 4 not allowed, 5 not found, 6 not confirmed.
`;

/**
 * All commands. Each group of commands is a file in `commands/`.
 * @param tellsUsage whether usage errors are printed at once; otherwise they are only thrown
 */
export function createProgram(tellsUsage = true): Command {
  // Set first, because commands inherit these settings when they are added.
  const program = new Command('onesession')
    .configureOutput(tellsUsage ? {} : { writeErr: () => undefined })
    .description('Administers a running onesession service.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', ENVIRONMENT);
  for (const add of GROUPS) add(program);
  addCompletion(program, { completionCommandName: 'completion' });
  return program;
}
