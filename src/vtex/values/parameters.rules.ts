import type { Parameters } from '../../vtex-settings/vtex-settings.types.js';
import type { App, Values } from './app.types.js';

/** Splits a parameter at the first dot. A namespace has none. */
export function partsOf(parameter: string): { readonly namespace: string; readonly key: string } {
  const dot = parameter.indexOf('.');
  return { namespace: parameter.slice(0, dot), key: parameter.slice(dot + 1) };
}

/**
 * Whether a declaration names the parameter. A cycle asks this of the same few parameters again and again, so that the
 * answers are remembered with the declaration, which never changes.
 */
export const isDeclared = (declared: Parameters, parameter: string): boolean =>
  answersOf(declared)(parameter);

/** The same question about many parameters. */
function answersOf(declared: Parameters): (parameter: string) => boolean {
  let ask = asking.get(declared);
  if (!ask) asking.set(declared, (ask = rememberedByName((parameter) => names(declared, parameter))));
  return ask;
}

const asking = new WeakMap<Parameters, (parameter: string) => boolean>();

const MOST_REMEMBERED = 500;

/** Remembers what a function says of names. Shoppers can send names of their own, so not of all. */
export function rememberedByName<T extends object | boolean>(of: (name: string) => T): (name: string) => T {
  const answers = new Map<string, T>();
  return (name) => {
    let answer = answers.get(name);
    if (answer === undefined) {
      answer = of(name);
      if (answers.size >= MOST_REMEMBERED) answers.clear();
      answers.set(name, answer);
    }
    return answer;
  };
}

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
  const isNamed = answersOf(declared);
  for (const [parameter, text] of values) if (isNamed(parameter)) found.set(parameter, text);
  return found;
}

/** Returns the names of values that are not the same before and after, or that only one of the two has. */
export function changedBetween(before: Values, after: Values): readonly string[] {
  const changed: string[] = [];
  for (const [name, text] of before) if (after.get(name) !== text) changed.push(name);
  for (const name of after.keys()) if (!before.has(name)) changed.push(name);
  return changed;
}

/** Returns what the declarations name together. */
export function joined(...declarations: readonly Parameters[]): Parameters {
  const all = new Map<string, readonly string[]>();
  for (const [namespace, keys] of declarations.flatMap((declared) => Object.entries(declared))) {
    all.set(namespace, [...(all.get(namespace) ?? []), ...keys]);
  }
  return Object.fromEntries(all);
}

/** What some app has as an input. */
export interface Watched {
  readonly cookies: Parameters;
  /** All other inputs. */
  readonly values: Parameters;
}

/** Returns what the apps watch, remembered with the list of apps, which is the same as long as the settings are. */
export function watchedBy(apps: readonly App[]): Watched {
  let watched = watchedByApps.get(apps);
  if (!watched) {
    const { cookie = [], ...values } = joined(...apps.map(({ inputs }) => inputs));
    watchedByApps.set(apps, (watched = { cookies: { cookie }, values }));
  }
  return watched;
}

const watchedByApps = new WeakMap<readonly App[], Watched>();
