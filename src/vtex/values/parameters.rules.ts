import type { Parameters } from '../../vtex-settings/vtex-settings.types.js';
import type { Values } from './app.types.js';

/** Splits a parameter at the first dot. A namespace has none. */
export function partsOf(parameter: string): { readonly namespace: string; readonly key: string } {
  const dot = parameter.indexOf('.');
  return { namespace: parameter.slice(0, dot), key: parameter.slice(dot + 1) };
}

export function isDeclared(declared: Parameters, parameter: string): boolean {
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

export const declaredOf = (declared: Parameters, values: Values): Values =>
  new Map([...values].filter(([parameter]) => isDeclared(declared, parameter)));
