import { parseArgs } from 'node:util';
import { z } from 'zod';
import { configSchema, WrongConfiguration } from './config.schema.js';

const USAGE = `onesession: a self-hosted session layer for commerce storefronts

  node dist/main.js            start the service
  node dist/main.js --help     this page

It is set up by environment variables:
`;

/**
 * @returns what to print instead of starting, if the command line asks for that
 * @throws WrongConfiguration if it contains an unknown word
 */
export function readCommandLine(words: readonly string[]): string | undefined {
  try {
    const { values } = parseArgs({ args: [...words], options: { help: { type: 'boolean', short: 'h' } } });
    return values.help ? helpPage() : undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WrongConfiguration(`${reason}\nSee --help: settings are environment variables`);
  }
}

function helpPage(): string {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const lines = Object.entries(properties).map(([name, setting]) => {
    const { description = '', default: value } = typeof setting === 'object' ? setting : {};
    const given = value === undefined ? '' : ` (${String(value)})`;
    return `  ${name}${given}\n      ${description}`;
  });
  return `${USAGE}\n${lines.join('\n')}\n`;
}
