import { scanJson } from '../../../http/body/json-scan.rules.js';
import { depthOf, isJsonObject, type Json, textOf } from '../../../shared/json.js';
import type { Parameters } from '../../../vtex-settings/vtex-settings.types.js';
import type { Outputs, Values } from '../../values/app.types.js';
import { isDeclared, partsOf } from '../../values/parameters.rules.js';

/** Maximum length of one value in characters of its text, because values go through headers, logs and caches. */
const LONGEST_VALUE = 4096;

/** Maximum levels of a list or an object, as for attributes (D-14). */
const DEEPEST_VALUE = 32;

/** Builds the body of a call: all declared inputs that have a value, as `{namespace: {key: {value}}}` (W-78). */
export function appCallBody(inputs: Values): string {
  const namespaces = new Map<string, [string, { readonly value: string }][]>();
  for (const [parameter, value] of inputs) {
    const { namespace, key } = partsOf(parameter);
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), [key, { value }]]);
  }
  const shown = [...namespaces].map(([namespace, keys]) => [namespace, Object.fromEntries(keys)]);
  return JSON.stringify(Object.fromEntries(shown));
}

/**
 * Reads an answer of the form `{namespace: {key: {value}}}`. A key that is absent, `null` or `{}` keeps its value
 * (F-59); an empty value is written (W-79). Besides texts, apps of VTEX send numbers (`creditControl`), flags
 * (`shopper.organizationManager`), lists and objects. Keys that the app did not declare are ignored (M-18).
 * @returns undefined when the answer has another form, or a number that a double can't hold (F-11)
 */
export function readAppAnswer(text: string, declared: Parameters): Outputs | undefined {
  if (Object.values(declared).every((keys) => keys.length === 0)) return new Map();
  const answer = parsed(text);
  if (!isJsonObject(answer)) return undefined;
  const outputs = new Map<string, Json>();
  for (const [namespace, keys] of Object.entries(answer)) {
    if (keys === null || !Object.hasOwn(declared, namespace)) continue;
    if (!isJsonObject(keys)) return undefined;
    for (const [key, held] of Object.entries(keys)) {
      const parameter = `${namespace}.${key}`;
      if (!isDeclared(declared, parameter) || isLeft(held)) continue;
      const value = isJsonObject(held) ? held['value'] : undefined;
      if (value === undefined || !isAcceptable(value)) return undefined;
      outputs.set(parameter, value);
    }
  }
  return outputs;
}

function isAcceptable(value: Json): boolean {
  if (depthOf(value, DEEPEST_VALUE) > DEEPEST_VALUE) return false;
  return (textOf(value) ?? '').length <= LONGEST_VALUE;
}

const isLeft = (held: Json): boolean =>
  held === null || (isJsonObject(held) && (held['value'] ?? null) === null);

function parsed(text: string): unknown {
  if (scanJson(Buffer.from(text), { depth: Infinity, values: Infinity })) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
