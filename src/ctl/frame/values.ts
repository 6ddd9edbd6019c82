import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { InvalidArgumentError } from 'commander';
import { reasonOf } from '../../shared/system-error.js';
import { WrongUsage } from '../io/command-failure.js';

/** The value of an option that is a whole number. */
export const wholeNumber =
  (least: number) =>
  (given: string): number => {
    const number = Number(given);
    if (!/^\d+$/.test(given) || !Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
    }
    return number;
  };

/** The JSON in a file, or on standard input if the file is `-`. @throws WrongUsage */
export async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  const found = await readText(file);
  const json = parsed(found);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new WrongUsage(`${file} must hold one JSON object`);
  }
  return { ...json };
}

/** The text of a file, or of standard input if the file is `-`. @throws WrongUsage */
export async function readText(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new WrongUsage(`${file} can't be read: ${reasonOf(error)}`);
  }
}

/** The parser's own message would quote the file, and with it perhaps secrets. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
