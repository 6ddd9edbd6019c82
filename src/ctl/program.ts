import addCompletion from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { VERSION } from '../shared/version.js';
import { tenantCommands } from './commands/tenants.js';

const ENVIRONMENT = `
The environment:
  ONESESSION_URL            address of the service, unless --url names it
  ONESESSION_ADMIN_URL      address of its ADMIN_PORT, if it has one
  ONESESSION_CLIENT_ID      a backend client of the tenant to work on
  ONESESSION_CLIENT_SECRET  its secret
  OPERATOR_SECRET           secret of the operator, for tenants, keys and secrets

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not reachable, 4 not allowed, 5 not found, 6 not confirmed.
`;

/** All commands. A group of commands is a file in `commands/`. */
export function createProgram(): Command {
  // Commands that are added inherit what is set before.
  const program = new Command('onesession')
    .description('Administers a running onesession service.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', ENVIRONMENT);
  tenantCommands(program);
  addCompletion(program, { completionCommandName: 'completion' });
  return program;
}
