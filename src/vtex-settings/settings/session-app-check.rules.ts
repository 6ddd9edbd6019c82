import { problemsOfTargetUrl } from '../../http/upstream/target-url.rules.js';
import { InvalidInput, type Problem } from '../../shared/domain-error.js';
import type { AppDeclaration, Draft, Parameters, SessionApp } from '../vtex-settings.types.js';
import { BUILT_IN_APPS } from './built-in-apps.rules.js';

const NAMESPACE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const KEY = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/;
const MOST_PARAMETERS = 100;
const MOST_APPS = 20;

/** Only the service itself may write what says who a shopper or an employee is. */
const NEVER_WRITTEN = ['account', 'cookie', 'authentication', 'impersonate'];
/** Cookies hold credentials, so no app gets them. */
const NEVER_READ = ['cookie'];

const BUILT_IN: readonly AppDeclaration[] = Object.values(BUILT_IN_APPS);
const BUILT_IN_NAMESPACES = Object.keys(BUILT_IN_APPS);

/** Tells whether a name is reserved, so that an app of a tenant can't have it. */
const isReserved = (name: string): boolean => name.startsWith('vtex.') || Object.hasOwn(BUILT_IN_APPS, name);

/**
 * Checks an app that is to be installed beside the others.
 * @throws InvalidInput - names every problem
 */
export function checkedSessionApp(
  draft: Draft<'sessionApps'>,
  installed: readonly SessionApp[],
): Draft<'sessionApps'> {
  const others = installed.filter(({ id }) => id !== draft.id);
  const problems = [
    ...problemsOfName(draft.name, others),
    ...problemsOfTargetUrl('url', draft.url),
    ...problemsOfCalls(draft),
    ...problemsOfParameters('input', draft.input, NEVER_READ),
    ...problemsOfParameters('output', draft.output, NEVER_WRITTEN),
    ...problemsOfOwnership(draft, others),
  ];
  if (problems.length > 0) throw new InvalidInput(problems);
  return draft;
}

function problemsOfName(name: string, others: readonly SessionApp[]): readonly Problem[] {
  if (isReserved(name))
    return [{ field: 'name', message: `'${name}' is the name of a built-in app: choose another` }];
  if (others.length < MOST_APPS) return [];
  return [
    { field: 'name', message: `${MOST_APPS} apps are already installed, the maximum: remove one first` },
  ];
}

/** An app without outputs may only want to be informed (F-59), but one that is never called is a mistake. */
function problemsOfCalls({ input, runOnCreate }: Draft<'sessionApps'>): readonly Problem[] {
  if (runOnCreate || namesOf(input).length > 0) return [];
  const message = 'must name at least one key, as {namespace: [keys]}, unless runOnCreate is true';
  return [{ field: 'input', message }];
}

function problemsOfParameters(
  field: 'input' | 'output',
  parameters: Parameters,
  never: readonly string[],
): readonly Problem[] {
  const names = namesOf(parameters);
  if (names.length > MOST_PARAMETERS) return [{ field, message: `may name at most ${MOST_PARAMETERS} keys` }];
  return names.flatMap(({ namespace, key }) => {
    if (never.includes(namespace)) {
      return [{ field: `${field}.${namespace}`, message: 'is reserved for built-in apps: leave it out' }];
    }
    if (NAMESPACE.test(namespace) && KEY.test(key)) return [];
    const message = 'must begin with a letter or a digit; the rest may also be _ and -, and in a key . and :';
    return [{ field: `${field}.${namespace}.${key}`, message }];
  });
}

/** Applies D-18. */
function problemsOfOwnership(draft: Draft<'sessionApps'>, others: readonly SessionApp[]): readonly Problem[] {
  const builtIn = draft.shared
    ? []
    : Object.keys(draft.output).filter((ns) => BUILT_IN_NAMESPACES.includes(ns));
  const ofOthers = others
    .filter((other) => !(draft.shared && other.shared))
    .flatMap((other) => overlapOf(draft.output, other.output).map((name) => ({ name, owner: other.name })));
  return [
    ...builtIn.map((namespace) => ({
      field: `output.${namespace}`,
      message: `belongs to ${ownerOf(namespace)}: set shared to true, or write to a namespace of your own`,
    })),
    ...ofOthers.map(({ name, owner }) => ({
      field: `output.${name}`,
      message: `is an output of '${owner}' too: set shared to true in both apps, or take it from one`,
    })),
  ];
}

const ownerOf = (namespace: string): string =>
  BUILT_IN.find(({ output }) => Object.hasOwn(output, namespace))?.name ?? namespace;

const namesOf = (parameters: Parameters): readonly { namespace: string; key: string }[] =>
  Object.entries(parameters).flatMap(([namespace, keys]) => keys.map((key) => ({ namespace, key })));

function overlapOf(one: Parameters, other: Parameters): readonly string[] {
  return namesOf(one)
    .filter(({ namespace, key }) => Object.hasOwn(other, namespace) && other[namespace]?.includes(key))
    .map(({ namespace, key }) => `${namespace}.${key}`);
}
