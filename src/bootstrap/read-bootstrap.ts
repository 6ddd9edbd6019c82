import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Config, WrongConfiguration } from '../config/config.schema.js';
import { type Bootstrap, bootstrapSchema } from './bootstrap.schema.js';

/**
 * What `BOOTSTRAP_FILE` declares.
 * @returns undefined when none is set
 * @throws WrongConfiguration - the file is not there or not valid, or is demo data in production
 */
export async function readBootstrap(config: Config): Promise<Bootstrap | undefined> {
  const file = config.BOOTSTRAP_FILE;
  if (file === undefined) return undefined;
  const parsed = bootstrapSchema.safeParse(await readJson(file));
  if (!parsed.success) {
    throw new WrongConfiguration(`BOOTSTRAP_FILE ${file}:\n${z.prettifyError(parsed.error)}`);
  }
  if (parsed.data.demo && config.NODE_ENV === 'production') {
    throw new WrongConfiguration(`BOOTSTRAP_FILE ${file} is demo data: not in production`);
  }
  return parsed.data;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not valid JSON' : 'can not be read';
    throw new WrongConfiguration(`BOOTSTRAP_FILE ${file} ${reason}`);
  }
}
