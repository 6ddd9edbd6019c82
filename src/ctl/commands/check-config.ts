import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { Command } from 'commander';
import { reasonOf } from '../../shared/system-error.js';
import { command } from '../frame/group.js';
import { CommandFailure, WrongUsage } from '../io/command-failure.js';
import { EXIT } from '../io/exit-codes.js';
import { note, type OutputOptions, show } from '../io/output.js';

interface Options extends OutputOptions {
  readonly file?: string;
}

export function checkConfigCommand(program: Command): void {
  command(program, 'check-config', {
    summary: 'Check the settings as the service would at its start',
    more: 'It names all problems at once, and needs no running service. Run it where the service runs.',
    examples: [
      ['check-config', 'of this environment'],
      ['check-config --file production.env', 'of a file with a NAME=value on each line, and nothing else'],
    ],
  })
    .option('--file <file>', 'read the settings from a file instead of the environment')
    .action(checkConfig);
}

async function checkConfig({ file, ...options }: Options): Promise<void> {
  const env = file === undefined ? process.env : await readEnvFile(file);
  // Loaded here, so that other commands need not wait for the schema of the bootstrap file.
  const { checkConfiguration } = await import('../checks/configuration.js');
  const { problems, hints, config } = await checkConfiguration(env);
  for (const { field, message } of hints) note(`${field} ${message}`);
  if (!config) {
    const lines = problems.map(({ field, message }) =>
      message.startsWith(field) ? message : `${field}: ${message}`,
    );
    throw new CommandFailure(lines.join('\n'), EXIT.usage, { errors: problems });
  }
  const store = config.MONGODB_URI === undefined ? `the embedded store in ${config.DATA_DIR}` : 'MongoDB';
  show(
    options,
    { ok: true, environment: config.NODE_ENV },
    () => `The settings are good: ${config.NODE_ENV}, ${store}, ${config.HOST} port ${config.PORT}`,
  );
}

async function readEnvFile(file: string): Promise<NodeJS.ProcessEnv> {
  try {
    return { ...parseEnv(await readFile(file, 'utf8')) };
  } catch (error) {
    throw new WrongUsage(`${file} can't be read: ${reasonOf(error)}`);
  }
}
