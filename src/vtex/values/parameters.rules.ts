import type { Parameters } from '../../vtex-settings/vtex-settings.types.js';
import type { Values } from './app.types.js';

/** Splits a parameter at the first dot. A namespace has none. */
export function partsOf(parameter: string): { readonly namespace: string; readonly key: string } {
  const dot = parameter.indexOf('.');
  return { namespace: parameter.slice(0, dot), key: parameter.slice(dot + 1) };
}

/**
 * Whether a declaration names the parameter. A cycle asks this of the same few parameters again and again, so that the
 * answers are remembered with the declaration, which never changes.
 */
export function isDeclared(declared: Parameters, parameter: string): boolean {
  let answers = answersOf.get(declared);
  if (!answers) answersOf.set(declared, (answers = new Map()));
  let answer = answers.get(parameter);
  if (answer === undefined) {
    answer = names(declared, parameter);
    // Shoppers can send names of their own.
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    answers.set(parameter, answer);
  }
  return answer;
}

const answersOf = new WeakMap<Parameters, Map<string, boolean>>();
const MOST_REMEMBERED = 500;

function names(declared: Parameters, parameter: string): boolean {
  const { namespace, key } = partsOf(parameter);
  if (!Object.hasOwn(declared, namespace)) return false;
  return (declared[namespace] ?? []).some((name) => fits(name, key));
}

/** `Name_.*` is a plain prefix, not a regular expression, so no name can make matching slow. */
function fits(name: string, key: string): boolean {
  if (!name.endsWith('.*')) return name === key;
  const prefix = name.slice(0, -'.*'.length);
  return key.length > prefix.length && key.startsWith(prefix);
}

export function declaredOf(declared: Parameters, values: Values): Values {
  const found = new Map<string, string>();
  for (const [parameter, text] of values) if (isDeclared(declared, parameter)) found.set(parameter, text);
  return found;
}

/** Returns what the declarations name together. */
export function joined(...declarations: readonly Parameters[]): Parameters {
  const all = new Map<string, readonly string[]>();
  for (const [namespace, keys] of declarations.flatMap((declared) => Object.entries(declared))) {
    all.set(namespace, [...(all.get(namespace) ?? []), ...keys]);
  }
  return Object.fromEntries(all);
}
