import { z } from 'zod';

/** Both bounds are allowed values. */
export const wholeNumber = (least: number, most?: number) => {
  const number = z.coerce.number().int().min(least);
  return most === undefined ? number : number.max(most);
};

/** 31 years. A date this far ahead can still be represented. */
export const MOST_SECONDS = 10 ** 9;

export const seconds = wholeNumber(0, MOST_SECONDS);

/**
 * For settings that a timer waits for. A Node timer of more than 2^31 ms fires at once (F-27); two of these added
 * together stay below that.
 */
export const timedSeconds = seconds.max(1_000_000, 'must be at most 1000000 (11 days)');

export const onOff = z.enum(['on', 'off']);

/** Splits `key=value` at its first equals sign. */
export const pairOf = (pair: string): readonly [string, string] => {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
};
