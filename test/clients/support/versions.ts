import { readFileSync } from 'node:fs';

/** Prints which version of a client a run was with, as it is installed. */
export function printVersion(name: string): void {
  const file = `test/clients/node_modules/${name}/package.json`;
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  process.stdout.write(`client: ${name} ${version} on the ${process.env.TEST_DRIVER} store\n`);
}
