import { type App, isRefusal, type Outputs, type Refusal, type Values } from '../values/app.types.js';
import { declaredOf, isDeclared } from '../values/parameters.rules.js';

/** Behaviour D-15. */
export interface CycleLimits {
  /** Rounds of calls, the create call included. */
  readonly transforms: number;
  /** Of one app. */
  readonly calls: number;
}

export interface Call {
  readonly app: App;
  readonly inputs: Values;
}

/** `failed`: it threw, was late, or answered what can't be read (D-16). */
export type Answer = Outputs | Refusal | 'failed';

/** One transform: all its calls were made at once, on the same values (M-21). */
export interface Round {
  readonly kind: 'create' | 'transform';
  readonly calls: readonly (Call & { readonly answer: Answer })[];
}

/** Two apps that wrote different values in one transform; the last one has won (D-18). */
export interface Contest {
  readonly parameter: string;
  readonly apps: readonly string[];
}

/** A transform cycle between two of its rounds. */
export interface Cycle {
  /** In the order in which their answers are compiled. */
  readonly apps: readonly App[];
  readonly values: Values;
  /** What the next round tells the apps that watch it. */
  readonly changed: ReadonlySet<string>;
  /** Names of apps that the next round calls, whatever changed. */
  readonly due: readonly string[];
  /** The create call comes first. */
  readonly creating: boolean;
  readonly rounds: readonly Round[];
  /** Which app wrote a parameter last. */
  readonly writers: ReadonlyMap<string, string>;
  readonly contests: readonly Contest[];
  /** Of apps whose last answer was one, by name. Who the shopper is may still change within the cycle (F-51). */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** Apps that would have been called again and again. */
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
  const inOrder = apps.toSorted((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  return {
    apps: inOrder,
    values,
    changed: new Set(changed),
    due,
    creating: creating && apps.some(({ runOnCreate }) => runOnCreate),
    rounds: [],
    writers: new Map(),
    contests: [],
    refusals: new Map(),
    looping: new Set(),
  };
}

/** The calls of the next round; none at all: the cycle has come to its end (M-19). */
export function nextCalls(cycle: Cycle, limits: CycleLimits): readonly Call[] {
  if (cycle.creating)
    return cycle.apps.filter((a) => a.runOnCreate).map((app) => ({ app, inputs: new Map() }));
  if (cycle.rounds.length >= limits.transforms) return [];
  return concerned(cycle)
    .filter((app) => callsOf(cycle, app) < limits.calls)
    .map((app) => ({ app, inputs: declaredOf(app.inputs, cycle.values) }));
}

/** Apps that the next round would call and a limit keeps it from: the loop, or what is left of it. */
export function heldBack(cycle: Cycle, limits: CycleLimits): readonly App[] {
  if (cycle.creating) return [];
  const atEnd = cycle.rounds.length >= limits.transforms;
  return concerned(cycle).filter((app) => atEnd || callsOf(cycle, app) >= limits.calls);
}

/** Answers are compiled to one patch; what it changes is what the next round is about (M-16 to M-19). */
export function afterRound(cycle: Cycle, calls: Round['calls'], limits: CycleLimits): Cycle {
  const looping = new Set([...cycle.looping, ...heldBack(cycle, limits).map(({ name }) => name)]);
  const patch = compiled(calls);
  const values = new Map(cycle.values);
  const changed = new Set(cycle.creating ? cycle.changed : []);
  const writers = new Map(cycle.writers);
  for (const [parameter, { value, apps }] of patch) {
    if ((values.get(parameter) ?? null) === value) continue;
    if (value === null) values.delete(parameter);
    else values.set(parameter, value);
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
    contests: [...cycle.contests, ...contestsOf(patch)],
    refusals: refusalsAfter(cycle, calls),
    looping,
  };
}

/** An app that is asked again and does not refuse any more has taken its refusal back. */
function refusalsAfter({ refusals }: Cycle, calls: Round['calls']): Cycle['refusals'] {
  const left = new Map(refusals);
  for (const { app, answer } of calls) {
    if (isAnswered(answer)) left.delete(app.name);
    else if (answer !== 'failed') left.set(app.name, answer);
  }
  return left;
}

/** Whether it says what is to be written. */
export const isAnswered = (answer: Answer): answer is Outputs => answer !== 'failed' && !isRefusal(answer);

/** The end of the cycle, however it came. @param unasked the time was over before its next round */
export const ended = (cycle: Cycle, limits: CycleLimits, unasked: readonly Call[]): Cycle => ({
  ...cycle,
  looping: new Set([
    ...cycle.looping,
    ...heldBack(cycle, limits).map(({ name }) => name),
    ...unasked.map(({ app }) => app.name),
  ]),
});

/** Names of the apps whose last answer was none. */
export function failedApps({ rounds }: Cycle): readonly string[] {
  const last = new Map<string, boolean>();
  for (const { calls } of rounds)
    for (const { app, answer } of calls) last.set(app.name, answer === 'failed');
  return [...last].filter(([, failed]) => failed).map(([name]) => name);
}

const concerned = ({ apps, changed, due }: Cycle): readonly App[] =>
  apps.filter(
    (app) => due.includes(app.name) || [...changed].some((parameter) => isDeclared(app.inputs, parameter)),
  );

const callsOf = ({ rounds }: Cycle, { name }: App): number =>
  rounds.flatMap(({ calls }) => calls).filter(({ app }) => app.name === name).length;

interface Written {
  readonly value: string | null;
  readonly apps: readonly string[];
  readonly contested: boolean;
}

/** What an app did not declare is not written (M-18). */
function compiled(calls: Round['calls']): ReadonlyMap<string, Written> {
  const patch = new Map<string, Written>();
  for (const { app, answer } of calls) {
    if (!isAnswered(answer)) continue;
    for (const [parameter, value] of answer) {
      if (!isDeclared(app.outputs, parameter)) continue;
      const before = patch.get(parameter);
      const contested = before !== undefined && (before.contested || before.value !== value);
      patch.set(parameter, { value, apps: [...(before?.apps ?? []), app.name], contested });
    }
  }
  return patch;
}

const contestsOf = (patch: ReadonlyMap<string, Written>): readonly Contest[] =>
  [...patch].filter(([, { contested }]) => contested).map(([parameter, { apps }]) => ({ parameter, apps }));
