import type { OverrideValues, Session } from '../../session/session.types.js';
import type { App } from '../values/app.types.js';
import { isDeclared } from '../values/parameters.rules.js';

const CHOSEN = [
  ['siteCode', 'store.channel'],
  ['currency', 'store.currencyCode'],
  ['targetLocation', 'store.countryCode'],
  ['language', 'store.cultureInfo'],
] as const satisfies readonly (readonly [keyof OverrideValues, string])[];

/**
 * Returns the names of values whose app is no longer installed or no longer declares them. They are removed at the next
 * use of the session (F-59). What an app wrote into the four values of a context stays, as every value of a context
 * does until somebody asks for another (D-13).
 */
export function orphansOf({ context, vtex }: Session, apps: readonly App[]): ReadonlySet<string> {
  const writers = writersAmong(apps);
  const isOrphan = (name: string, source: string): boolean => {
    if (!source.startsWith('app:')) return false;
    const app = writers.get(source);
    return app === undefined || !isDeclared(app.outputs, name);
  };
  const orphans = new Set<string>();
  const look = (name: string, sourced?: { readonly source: string }): void => {
    if (sourced && isOrphan(name, sourced.source)) orphans.add(name);
  };
  for (const [name, sourced] of vtex?.computed ?? []) look(name, sourced);
  for (const [key, sourced] of context?.attributes ?? vtex?.publicValues ?? [])
    look(`public.${key}`, sourced);
  if (!context) for (const [name, parameter] of CHOSEN) look(parameter, vtex?.chosen[name]);
  return orphans;
}

/** Returns the apps by the source of what they write, remembered with the list of apps. */
function writersAmong(apps: readonly App[]): ReadonlyMap<string, App> {
  let writers = writersOf.get(apps);
  if (!writers) {
    writers = new Map(apps.map((app) => [`app:${app.name}`, app]));
    writersOf.set(apps, writers);
  }
  return writers;
}

const writersOf = new WeakMap<readonly App[], ReadonlyMap<string, App>>();

/** Removes orphaned values from the session. The caller that saves it must raise the version of the context. */
export function withoutOrphans(session: Session, orphans: ReadonlySet<string>): Session {
  if (orphans.size === 0) return session;
  const { context, vtex } = session;
  const left = <T>(values: ReadonlyMap<string, T>, prefix = ''): ReadonlyMap<string, T> =>
    new Map([...values].filter(([name]) => !orphans.has(`${prefix}${name}`)));
  return {
    ...session,
    ...(context && { context: { ...context, attributes: left(context.attributes, 'public.') } }),
    ...(vtex && {
      vtex: {
        ...vtex,
        computed: left(vtex.computed),
        publicValues: left(vtex.publicValues, 'public.'),
        chosen: Object.fromEntries(
          CHOSEN.flatMap(([name, parameter]) => {
            const value = vtex.chosen[name];
            return value && !orphans.has(parameter) ? [[name, value]] : [];
          }),
        ),
      },
    }),
  };
}

/** Returns the apps that also declare the removed values, so that they run again. */
export const otherWriters = (orphans: ReadonlySet<string>, apps: readonly App[]): readonly string[] =>
  apps
    .filter(({ outputs }) => [...orphans].some((name) => isDeclared(outputs, name)))
    .map(({ name }) => name);
