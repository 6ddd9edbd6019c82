import { buildsService, installs, reporting, succeeds, testsPass } from './run/steps.ts';

const FOLDER = 'test/clients';

/** Installs the clients if they differ from the lock file, builds the service, and runs the clients against it. */
const passed =
  installs(FOLDER) &&
  succeeds('npx', ['tsc', '-p', `${FOLDER}/tsconfig.json`]) &&
  buildsService() &&
  testsPass('clients', [...reporting('client'), ...process.argv.slice(2)]);
process.exitCode = passed ? 0 : 1;
