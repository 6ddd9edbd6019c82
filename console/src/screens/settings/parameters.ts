import type { SessionApp } from '../../api/types.ts';

/** What an app reads or writes: keys by namespace. */
export type Parameters = SessionApp['input'];

export const namesIn = (parameters: Parameters): readonly string[] =>
  Object.entries(parameters).flatMap(([namespace, keys]) => keys.map((key) => `${namespace}.${key}`));

/** The opposite of `namesIn`, of words in a text. */
export function parametersIn(text: string): Parameters {
  const found: Record<string, string[]> = {};
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const [namespace = '', key = ''] = word.split(/\.(.*)/s, 2);
    (found[namespace] ??= []).push(key);
  }
  return found;
}
