import { describe, expect, it } from 'vitest';
import type { App, Refusal } from '../values/app.types.js';
import * as engine from './engine.rules.js';

const LIMITS = { transforms: 10, calls: 4 };

type Rule = (inputs: ReadonlyMap<string, string>) => Record<string, string | null> | Refusal | 'failed';
interface Given extends Partial<App> {
  readonly watches: readonly string[];
  readonly writes: readonly string[];
  readonly rule: Rule;
}

const app = (name: string, { watches, writes, rule: _rule, ...over }: Given): App => ({
  name,
  inputs: { s: watches },
  outputs: { s: writes },
  runOnCreate: false,
  order: 0,
  builtIn: true,
  run: () => Promise.reject(new Error('the rules call nobody')),
  ...over,
});

/** Runs a cycle to its end, as the runner does, and notes who was called in which round, with what. */
function played(
  given: Readonly<Record<string, Given>>,
  start: Partial<engine.CycleStart> = {},
  limits = LIMITS,
) {
  const apps = Object.entries(given).map(([name, one]) => app(name, one));
  let cycle = engine.startCycle({ apps, values: new Map(), changed: [], creating: false, ...start });
  const told: string[][] = [];
  for (
    let calls = engine.nextCalls(cycle, limits);
    calls.length > 0;
    calls = engine.nextCalls(cycle, limits)
  ) {
    told.push(
      calls.map(
        ({ app: { name }, inputs }) => `${name}(${[...inputs].map((pair) => pair.join('=')).join()})`,
      ),
    );
    const answered = calls.map((call) => {
      const answer = given[call.app.name]?.rule(call.inputs) ?? 'failed';
      return { ...call, answer: answerOf(answer) };
    });
    cycle = engine.afterRound(cycle, answered, limits);
  }
  return { told, cycle: engine.ended(cycle, limits, []) };
}

function answerOf(answer: ReturnType<Rule>): engine.Answer {
  if (answer === 'failed' || isRefusal(answer)) return answer;
  return new Map(Object.entries(answer));
}

const isRefusal = (answer: Exclude<ReturnType<Rule>, 'failed'>): answer is Refusal => 'refused' in answer;

const changedTo = (values: Record<string, string>) => ({
  values: new Map(Object.entries(values)),
  changed: Object.keys(values),
});

describe('A transform cycle', () => {
  it('of the worked example calls A once, B once and C twice, in three transforms [M-13, M-19, M-20, M-21]', () => {
    const { told, cycle } = played(
      {
        A: { watches: ['X'], writes: ['Y'], rule: () => ({ 's.Y': 'y' }) },
        B: { watches: ['Y'], writes: ['Z'], rule: () => ({ 's.Z': 'z' }) },
        C: { watches: ['Y', 'Z'], writes: [], rule: () => ({}) },
      },
      changedTo({ 's.X': 'x' }),
    );
    expect(told).toEqual([['A(s.X=x)'], ['B(s.Y=y)', 'C(s.Y=y)'], ['C(s.Y=y,s.Z=z)']]);
    expect([...cycle.values]).toEqual([
      ['s.X', 'x'],
      ['s.Y', 'y'],
      ['s.Z', 'z'],
    ]);
    expect(cycle.rounds.map(({ kind }) => kind)).toEqual(['transform', 'transform', 'transform']);
    expect(cycle.looping.size).toBe(0);
  });

  it('calls no app if no input changed, and passes each app all its inputs, not only the changed ones [M-14, W-78]', () => {
    const given: Given = { watches: ['X', 'W'], writes: [], rule: () => ({}) };
    expect(played({ A: given }, changedTo({ 's.other': 'x' })).told).toEqual([]);
    const start = {
      values: new Map([
        ['s.X', 'x'],
        ['s.W', 'w'],
        ['s.V', 'v'],
      ]),
      changed: ['s.X'],
    };
    expect(played({ A: given }, start).told).toEqual([['A(s.X=x,s.W=w)']]);
  });

  it('does not continue after a value that is written unchanged [M-15]', () => {
    const { told } = played(
      {
        A: { watches: ['X'], writes: ['Y'], rule: () => ({ 's.Y': 'y' }) },
        B: { watches: ['Y'], writes: [], rule: () => ({}) },
      },
      {
        values: new Map([
          ['s.X', 'x'],
          ['s.Y', 'y'],
        ]),
        changed: ['s.X'],
      },
    );
    expect(told).toEqual([['A(s.X=x)']]);
  });

  it('writes declared outputs only: an absent one stays, an empty one is written, null removes [M-16, M-18, W-79]', () => {
    const { cycle } = played(
      {
        A: {
          watches: ['X'],
          writes: ['a', 'b', 'c'],
          rule: () => ({ 's.a': '', 's.b': null, 's.lie': '1', 't.a': '1' }),
        },
      },
      {
        values: new Map([
          ['s.X', 'x'],
          ['s.a', '1'],
          ['s.b', '2'],
          ['s.c', '3'],
        ]),
        changed: ['s.X'],
      },
    );
    expect(Object.fromEntries(cycle.values)).toEqual({ 's.X': 'x', 's.a': '', 's.c': '3' });
  });

  it('merges the answers of one round into one patch; the higher order wins, and the contest is recorded [M-17, D-18]', () => {
    const { cycle } = played(
      {
        late: { watches: ['X'], writes: ['Y'], order: 2, rule: () => ({ 's.Y': 'late' }) },
        early: { watches: ['X'], writes: ['Y', 'Z'], order: 1, rule: () => ({ 's.Y': 'early', 's.Z': 'z' }) },
      },
      changedTo({ 's.X': 'x' }),
    );
    expect(Object.fromEntries(cycle.values)).toEqual({ 's.X': 'x', 's.Y': 'late', 's.Z': 'z' });
    expect(cycle.contests).toEqual([{ parameter: 's.Y', apps: ['early', 'late'] }]);
    expect([...cycle.writers]).toEqual([
      ['s.Y', 'late'],
      ['s.Z', 'early'],
    ]);
  });

  it('calls apps of equal order by name, so that the same one always wins [D-18]', () => {
    const { told, cycle } = played(
      {
        b: { watches: ['X'], writes: ['Y'], rule: () => ({ 's.Y': 'b' }) },
        c: { watches: ['X'], writes: ['Y'], rule: () => ({ 's.Y': 'c' }) },
        a: { watches: ['X'], writes: ['Y'], rule: () => ({ 's.Y': 'a' }) },
        last: { watches: ['X'], writes: [], order: 1, rule: () => ({}) },
      },
      changedTo({ 's.X': 'x' }),
    );
    expect(told).toEqual([['a(s.X=x)', 'b(s.X=x)', 'c(s.X=x)', 'last(s.X=x)']]);
    expect(cycle.values.get('s.Y')).toBe('c');
  });

  it('records no contest between apps that write the same value [D-18]', () => {
    const same: Given = { watches: ['X'], writes: ['Y'], rule: () => ({ 's.Y': 'same' }) };
    const { cycle } = played({ A: same, B: same }, changedTo({ 's.X': 'x' }));
    expect(cycle.contests).toEqual([]);
    const third = played(
      {
        A: same,
        B: { ...same, rule: () => ({ 's.Y': 'other' }) },
        C: { ...same, rule: () => ({ 's.Y': 'other' }) },
      },
      changedTo({ 's.X': 'x' }),
    );
    expect(third.cycle.contests).toEqual([{ parameter: 's.Y', apps: ['A', 'B', 'C'] }]);
  });

  it('continues without an app that fails: its outputs stay, and those of the others are written [M-29, D-16]', () => {
    const { cycle } = played(
      {
        bad: { watches: ['X'], writes: ['Y'], rule: () => 'failed' },
        good: { watches: ['X'], writes: ['Z'], rule: () => ({ 's.Z': 'z' }) },
      },
      {
        values: new Map([
          ['s.X', 'x'],
          ['s.Y', 'before'],
        ]),
        changed: ['s.X'],
      },
    );
    expect(Object.fromEntries(cycle.values)).toEqual({ 's.X': 'x', 's.Y': 'before', 's.Z': 'z' });
    expect(engine.failedApps(cycle)).toEqual(['bad']);
  });

  it('calls an app that failed before again, whatever changed [D-16]', () => {
    const given: Given = { watches: ['X'], writes: [], rule: () => ({}) };
    expect(played({ A: given }, { due: ['A'] }).told).toEqual([['A()']]);
  });
});

describe('The create call', () => {
  const create: Given = { watches: [], writes: ['Y'], runOnCreate: true, rule: () => ({ 's.Y': 'y' }) };
  const watcher: Given = { watches: ['Y', 'P'], writes: [], rule: () => ({}) };

  it('calls the apps that run on create, and only those, together and without input; then come the changes [M-25, M-26, M-27]', () => {
    const { told, cycle } = played(
      { A: create, B: { ...create, writes: [] }, C: watcher },
      { creating: true },
    );
    expect(told).toEqual([['A()', 'B()'], ['C(s.Y=y)']]);
    expect(cycle.rounds.map(({ kind }) => kind)).toEqual(['create', 'transform']);
  });

  it('comes before the values of the request, which follow in the next round [M-28]', () => {
    const { told } = played({ A: create, C: watcher }, { ...changedTo({ 's.P': 'p' }), creating: true });
    expect(told).toEqual([['A()'], ['C(s.P=p,s.Y=y)']]);
    expect(played({ C: watcher }, { ...changedTo({ 's.P': 'p' }), creating: true }).told).toEqual([
      ['C(s.P=p)'],
    ]);
  });
});

describe('A loop', () => {
  let count = 0;
  const next = (): string => `${(count += 1)}`;
  const loop: Record<string, Given> = {
    A: { watches: ['Q'], writes: ['P'], rule: () => ({ 's.P': next() }) },
    B: { watches: ['P'], writes: ['Q'], rule: () => ({ 's.Q': next() }) },
  };

  it('is stopped and named after four calls of one app; the last merged state is kept [M-24, D-15]', () => {
    const { told, cycle } = played(loop, changedTo({ 's.Q': 'start' }));
    expect(told.map((calls) => calls.join().slice(0, 1)).join('')).toBe('ABABABAB');
    expect([...cycle.looping]).toEqual(['A']);
    expect(cycle.values.get('s.Q')).toBe(String(count));
  });

  it('does not keep other apps from being called [D-15]', () => {
    const others: Record<string, Given> = {
      C: { watches: ['P', 'R'], writes: [], rule: () => ({}) },
      D: { watches: ['Q'], writes: ['R'], rule: () => ({ 's.R': 'r' }) },
    };
    const { told } = played({ ...loop, ...others }, changedTo({ 's.Q': 'start' }), {
      transforms: 10,
      calls: 1,
    });
    expect(told.map((calls) => calls.map((call) => call[0]).join(''))).toEqual(['AD', 'BC']);
  });

  it('is named even if other apps were called after it was stopped [D-15]', () => {
    const { told, cycle } = played(
      {
        A: { watches: ['X', 'Y'], writes: ['Y'], rule: () => ({ 's.Y': 'y' }) },
        B: { watches: ['Y'], writes: ['Z'], rule: () => ({ 's.Z': 'z' }) },
        C: { watches: ['Z'], writes: [], rule: () => ({}) },
      },
      changedTo({ 's.X': 'x' }),
      { transforms: 10, calls: 1 },
    );
    expect(told.map((calls) => calls.map((call) => call[0]).join(''))).toEqual(['A', 'B', 'C']);
    expect([...cycle.looping]).toEqual(['A']);
  });

  it('does not include the create call, to which no limit applies [D-15]', () => {
    const create = app('A', { watches: ['X'], writes: [], runOnCreate: true, rule: () => ({}) });
    const cycle = engine.startCycle({
      apps: [create],
      values: new Map(),
      changed: ['s.X'],
      creating: true,
    });
    const none = { transforms: 0, calls: 0 };
    expect(engine.nextCalls(cycle, none)).toHaveLength(1);
    expect(engine.heldBack(cycle, none)).toEqual([]);
  });

  it('is reported if the time was up before the next round [D-15]', () => {
    const watcher = app('A', { watches: ['X'], writes: [], rule: () => ({}) });
    const cycle = engine.startCycle({
      apps: [watcher],
      values: new Map(),
      changed: ['s.X'],
      creating: false,
    });
    const { looping } = engine.ended(cycle, LIMITS, engine.nextCalls(cycle, LIMITS));
    expect([...looping]).toEqual(['A']);
  });

  it('is stopped at the tenth transform at the latest [D-15]', () => {
    const { told, cycle } = played(loop, changedTo({ 's.Q': 'start' }), { transforms: 10, calls: 100 });
    expect(told).toHaveLength(10);
    expect([...cycle.looping]).toEqual(['A']);
  });
});

describe('A refusal', () => {
  const NO: Refusal = { refused: 'unauthenticated', message: 'not for guests' };
  const login: Given = { watches: ['X'], writes: ['who'], rule: () => ({ 's.who': 'anna' }) };
  const store = (rule: Rule): Given => ({ watches: ['X', 'who'], writes: ['channel'], rule });

  it('is lifted by the app if it is called again once the shopper is known [F-51]', () => {
    const forMembers = store((inputs) => (inputs.has('s.who') ? { 's.channel': 'b2b' } : NO));
    const { told, cycle } = played({ login, store: forMembers }, changedTo({ 's.X': 'x' }));
    expect(told).toEqual([['login(s.X=x)', 'store(s.X=x)'], ['store(s.X=x,s.who=anna)']]);
    expect(cycle.refusals.size).toBe(0);
    expect(cycle.values.get('s.channel')).toBe('b2b');
  });

  it('stands if it is the last answer of the app, and nothing is written [F-51, M-35]', () => {
    const forGuests = store((inputs) => (inputs.has('s.who') ? NO : { 's.channel': 'main' }));
    const { cycle } = played({ login, store: forGuests }, changedTo({ 's.X': 'x' }));
    expect([...cycle.refusals]).toEqual([['store', NO]]);
    expect(engine.failedApps(cycle)).toEqual([]);
  });

  it('stands if the app fails afterwards, or if a limit keeps it from being called [F-51, M-35]', () => {
    const failing = store((inputs) => (inputs.has('s.who') ? 'failed' : NO));
    expect(played({ login, store: failing }, changedTo({ 's.X': 'x' })).cycle.refusals.size).toBe(1);
    const limits = { transforms: 10, calls: 1 };
    const forMembers = store((inputs) => (inputs.has('s.who') ? {} : NO));
    expect(played({ login, store: forMembers }, changedTo({ 's.X': 'x' }), limits).cycle.refusals.size).toBe(
      1,
    );
  });
});
