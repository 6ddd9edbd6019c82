import { z } from 'zod';
import { configSchema } from '../../src/config/config.schema.ts';

interface Setting {
  readonly default?: unknown;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Returns docs/configuration.md: every setting in the schema. */
export function configurationPage(): string {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(properties).map(([name, setting]) => row(name, setting as Setting));
  return [
    '# Configuration',
    '',
    'All settings are environment variables. They are read once, at start. If any is wrong, the process names all wrong',
    'ones and ends with exit code 2. An empty variable counts as not set.',
    '',
    'This page is generated from `src/config/config.schema.ts` by `npm run docs`.',
    '',
    '| setting | default | values | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function row(name: string, setting: Setting): string {
  const value = setting.default === undefined ? '-' : `\`${String(setting.default)}\``;
  return `| \`${name}\` | ${value} | ${valuesOf(name, setting)} | ${setting.description ?? ''} |`;
}

function valuesOf(name: string, setting: Setting): string {
  if (setting.enum) return setting.enum.map((value) => `\`${value}\``).join(', ');
  if (setting.type === 'integer') {
    const unit = name.endsWith('_SECONDS') ? ' seconds' : '';
    return `${setting.minimum ?? 0} to ${mostOf(setting)}${unit}`;
  }
  return 'text';
}

/** For a setting without a maximum, zod reports the largest safe integer. */
const mostOf = ({ maximum = Number.MAX_SAFE_INTEGER }: Setting): string =>
  maximum === Number.MAX_SAFE_INTEGER ? 'any' : String(maximum);
