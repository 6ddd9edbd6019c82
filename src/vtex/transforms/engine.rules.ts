import { type Json, textOf } from '../../shared/json.js';
import { type App, isRefusal, type Outputs, type Refusal, type Values } from '../values/app.types.js';
import { declaredOf, isDeclared, rememberedByName } from '../values/parameters.rules.js';

/** The limits of a cycle (D-15). */
export interface CycleLimits {
  /** Number of rounds, including the create round. */
  readonly transforms: number;
  /** Number of calls per app. */
  readonly calls: number;
}

export interface Call {
  readonly app: App;
  readonly inputs: Values;
}

/** `failed` means that the app threw, was late, or sent an answer that can't be read (D-16). */
export type Answer = Outputs | Refusal | 'failed';

/** One round. All its calls were made in parallel, on the same values (M-21). */
export interface Round {
  readonly kind: 'create' | 'transform';
  readonly calls: readonly (Call & { readonly answer: Answer })[];
}

/** Apps that wrote different values in one round; the last one won (D-18). */
export interface Contest {
  readonly parameter: string;
  readonly apps: readonly string[];
}

/** A transform cycle between two of its rounds. */
export interface Cycle {
  /** In the order in which their answers are merged. */
  readonly apps: readonly App[];
  readonly values: Values;
  /** Parameters that changed: the next round calls the apps that watch them. */
  readonly changed: ReadonlySet<string>;
  /** Names of apps that the next round calls in any case. */
  readonly due: readonly string[];
  /** Whether the create round comes next. */
  readonly creating: boolean;
  readonly rounds: readonly Round[];
  /** The app that last wrote each parameter. */
  readonly writers: ReadonlyMap<string, string>;
  /** What they wrote, if it is not a text: `values` has its JSON text. */
  readonly originals: ReadonlyMap<string, Json>;
  readonly contests: readonly Contest[];
  /**
   * Refusals by app name, of apps whose last answer was one. A later round may lift it: the shopper can still change
   * (F-51).
   */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** Apps that a limit kept from being called again. */
  readonly looping: ReadonlySet<string>;
}

export interface CycleStart {
  readonly apps: readonly App[];
  readonly values: Values;
  readonly changed: Iterable<string>;
  readonly due?: readonly string[];
  readonly creating: boolean;
}

export function startCycle({ apps, values, changed, due = [], creating }: CycleStart): Cycle {
  return {
    apps: inOrderOf(apps).apps,
    values,
    changed: new Set(changed),
    due,
    creating: creating && apps.some(({ runOnCreate }) => runOnCreate),
    rounds: [],
    writers: new Map(),
    originals: new Map(),
    contests: [],
    refusals: new Map(),
    looping: new Set(),
  };
}

/** Returns the calls of the next round. The cycle has ended when there are none (M-19). */
export function nextCalls(cycle: Cycle, limits: CycleLimits): readonly Call[] {
  if (cycle.creating)
    return cycle.apps.filter((a) => a.runOnCreate).map((app) => ({ app, inputs: new Map() }));
  if (cycle.rounds.length >= limits.transforms) return [];
  return concerned(cycle)
    .filter((app) => callsOf(cycle, app) < limits.calls)
    .map((app) => ({ app, inputs: declaredOf(app.inputs, cycle.values) }));
}

/** Returns the apps that the next round would call if a limit did not prevent it: the apps in a loop. */
export function heldBack(cycle: Cycle, limits: CycleLimits): readonly App[] {
  if (cycle.creating) return [];
  const atEnd = cycle.rounds.length >= limits.transforms;
  return concerned(cycle).filter((app) => atEnd || callsOf(cycle, app) >= limits.calls);
}

/** Merges the answers into one patch. What it changes is what the next round is about (M-16 to M-19). */
export function afterRound(cycle: Cycle, calls: Round['calls'], limits: CycleLimits): Cycle {
  const patch = compiled(calls);
  const values = new Map(cycle.values);
  const changed = new Set(cycle.creating ? cycle.changed : undefined);
  const writers = new Map(cycle.writers);
  const originals = new Map(cycle.originals);
  for (const [parameter, { value, text, apps }] of patch) {
    if (values.get(parameter) === text) continue;
    if (text === undefined) values.delete(parameter);
    else values.set(parameter, text);
    if (typeof value === 'string' || value === null) originals.delete(parameter);
    else originals.set(parameter, value);
    changed.add(parameter);
    writers.set(parameter, apps.at(-1) ?? '');
  }
  const kind = cycle.creating ? 'create' : 'transform';
  return {
    ...cycle,
    values,
    changed,
    due: cycle.creating ? cycle.due : [],
    creating: false,
    rounds: [...cycle.rounds, { kind, calls }],
    writers,
    originals,
    contests: [...cycle.contests, ...contestsOf(patch)],
    refusals: refusalsAfter(cycle, calls),
    looping: loopingIn(cycle, limits),
  };
}

/** An app that was called again and no longer refuses has lifted its refusal. */
function refusalsAfter({ refusals }: Cycle, calls: Round['calls']): Cycle['refusals'] {
  const left = new Map(refusals);
  for (const { app, answer } of calls) {
    if (isAnswered(answer)) left.delete(app.name);
    else if (answer !== 'failed') left.set(app.name, answer);
  }
  return left;
}

/** Tells whether the answer has values to write. */
export const isAnswered = (answer: Answer): answer is Outputs => answer !== 'failed' && !isRefusal(answer);

/** Ends the cycle. @param unasked calls of the next round that were not made because the time was up */
export const ended = (cycle: Cycle, limits: CycleLimits, unasked: readonly Call[]): Cycle => ({
  ...cycle,
  looping: new Set([...loopingIn(cycle, limits), ...unasked.map(({ app }) => app.name)]),
});

function loopingIn(cycle: Cycle, limits: CycleLimits): Cycle['looping'] {
  const more = heldBack(cycle, limits);
  return more.length === 0 ? cycle.looping : new Set([...cycle.looping, ...more.map(({ name }) => name)]);
}

/** Returns the names of the apps whose last call failed. */
export function failedApps({ rounds }: Pick<Cycle, 'rounds'>): readonly string[] {
  const last = new Map<string, boolean>();
  for (const { calls } of rounds)
    for (const { app, answer } of calls) last.set(app.name, answer === 'failed');
  return [...last].filter(([, failed]) => failed).map(([name]) => name);
}

function concerned({ apps, changed, due }: Cycle): readonly App[] {
  const { watchersOf } = inOrderOf(apps);
  const watching = new Set<App>();
  for (const parameter of changed) for (const app of watchersOf(parameter)) watching.add(app);
  return apps.filter((app) => watching.has(app) || due.includes(app.name));
}

interface InOrder {
  readonly apps: readonly App[];
  readonly watchersOf: (parameter: string) => readonly App[];
}

/** Remembered with the list of apps, which is the same as long as the settings are. */
const inOrders = new WeakMap<readonly App[], InOrder>();

function inOrderOf(apps: readonly App[]): InOrder {
  const known = inOrders.get(apps);
  if (known) return known;
  const sorted = apps.toSorted((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  const watchersOf = rememberedByName((name) => sorted.filter(({ inputs }) => isDeclared(inputs, name)));
  const inOrder = { apps: sorted, watchersOf };
  inOrders.set(apps, inOrder);
  inOrders.set(sorted, inOrder);
  return inOrder;
}

function callsOf({ rounds }: Cycle, { name }: App): number {
  let made = 0;
  for (const { calls } of rounds) for (const { app } of calls) if (app.name === name) made += 1;
  return made;
}

interface Written {
  readonly value: Json;
  /** The value in the form that apps read; undefined for null. */
  readonly text: string | undefined;
  readonly apps: readonly string[];
  readonly contested: boolean;
}

/** Merges the answers of a round. Outputs that an app did not declare are dropped (M-18). */
function compiled(calls: Round['calls']): ReadonlyMap<string, Written> {
  const patch = new Map<string, Written>();
  for (const { app, answer } of calls) {
    if (!isAnswered(answer)) continue;
    for (const [parameter, value] of answer) {
      if (!isDeclared(app.outputs, parameter)) continue;
      const before = patch.get(parameter);
      const text = textOf(value);
      if (before) {
        const contested = before.contested || before.text !== text;
        patch.set(parameter, { value, text, apps: [...before.apps, app.name], contested });
      } else patch.set(parameter, { value, text, apps: [app.name], contested: false });
    }
  }
  return patch;
}

const contestsOf = (patch: ReadonlyMap<string, Written>): readonly Contest[] =>
  [...patch].filter(([, { contested }]) => contested).map(([parameter, { apps }]) => ({ parameter, apps }));
