import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { type Config, WrongConfiguration } from '../config/config.schema.js';
import { problemLines, schemaWords } from '../shared/schema-words.js';
import { reasonOf } from '../shared/system-error.js';
import { type Bootstrap, bootstrapSchema } from './bootstrap.schema.js';

/**
 * Reads what `BOOTSTRAP_FILE` declares.
 * @returns undefined when it is not set
 * @throws WrongConfiguration - the file can't be read, is not valid, or is demo data in production
 */
export async function readBootstrap(
  config: Pick<Config, 'BOOTSTRAP_FILE' | 'NODE_ENV'>,
): Promise<Bootstrap | undefined> {
  const file = config.BOOTSTRAP_FILE;
  if (file === undefined) return undefined;
  const parsed = bootstrapSchema.safeParse(await readJson(file), schemaWords);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      field: z.core.toDotPath(path),
      message,
    }));
    throw new WrongConfiguration(`BOOTSTRAP_FILE ${file}:\n${problemLines(problems)}`);
  }
  if (parsed.data.demo && config.NODE_ENV === 'production') {
    throw new WrongConfiguration(
      `BOOTSTRAP_FILE ${file} is demo data, which is refused in production: use a file of your own`,
    );
  }
  return parsed.data;
}

async function readJson(file: string): Promise<unknown> {
  try {
    const text = await readFile(file, 'utf8');
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new WrongConfiguration(`BOOTSTRAP_FILE ${file} ${problemOf(error)}${placeOf(error, file)}`);
  }
}

/** Where a file was looked for that is not there, if its name does not say it. */
const placeOf = (error: unknown, file: string): string =>
  isSystemError(error) && error.code === 'ENOENT' && !isAbsolute(file)
    ? `. It was looked for at ${resolve(file)}: a relative path begins at the working directory`
    : '';

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error;

/** Takes only the place from the parser's message, which quotes the file and with it perhaps secrets. */
function problemOf(error: unknown): string {
  if (!(error instanceof SyntaxError)) return `can not be read: ${reasonOf(error)}`;
  const [place] = /line \d+ column \d+/.exec(error.message) ?? [];
  return `is not valid JSON${place === undefined ? '' : `, at ${place}`}`;
}
