import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/json.js';
import type { App, Unit } from '../values/app.types.js';
import { asksForOtherPolicy, cycleInputs, switchesUnit, watchedValues } from './cycle-inputs.rules.js';

type Texts = Readonly<Record<string, string>>;
const map = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(entries));

const app = (inputs: App['inputs']): App => ({
  name: 'offers',
  inputs,
  outputs: {},
  runOnCreate: false,
  order: 0,
  builtIn: false,
  run: () => Promise.reject(new Error('the rules call nobody')),
});
const APPS = [
  app({ public: ['a', 'b', 'utmi_campaign'], cookie: ['login'] }),
  app({ authentication: ['storeUserId'] }),
];

interface Given {
  readonly before?: Texts;
  readonly asked?: Readonly<Record<string, Json>>;
  readonly cookies?: Texts;
  readonly changedCookies?: readonly string[];
  readonly seen?: Texts;
  readonly retry?: boolean;
  readonly unit?: Unit | null;
}

/** The app `loyalty` failed in the cycle before this one. */
function inputsOf({
  before = {},
  asked = {},
  cookies = {},
  changedCookies = [],
  seen = {},
  retry = false,
  unit,
}: Given) {
  const brought = {
    asked: map(asked),
    cookies: { values: map(cookies), changed: changedCookies },
    ...(unit !== undefined && { unit }),
  };
  const vtex = { seen: map(seen), failed: ['loyalty'] };
  const { values, changed, due } = cycleInputs(APPS, map(before), brought, vtex, retry);
  return { values: Object.fromEntries(values), changed, due };
}

describe('A cycle', () => {
  it('begins with the values of the session, and with those of the request over them', () => {
    const { values } = inputsOf({
      before: { 'public.a': 'old', 'public.b': 'kept' },
      asked: { 'public.a': 'new' },
      cookies: { 'cookie.login': 'token' },
    });
    expect(values).toEqual({ 'public.a': 'new', 'public.b': 'kept', 'cookie.login': 'token' });
  });

  it('gives apps the text of JSON values, and does without those that the request removes', () => {
    const before = { 'public.a': 'old', 'public.b': 'old' };
    const { values, changed } = inputsOf({
      before,
      seen: before,
      asked: { 'public.a': { x: 1 }, 'public.b': null },
    });
    expect(values).toEqual({ 'public.a': '{"x":1}' });
    expect(changed).toEqual(['public.a', 'public.b']);
  });

  it('begins with the company of the customer whom a cookie proves, or with none', () => {
    const before = { 'authentication.unitId': 'north', 'authentication.unitName': 'North, Inc.' };
    expect(inputsOf({ before, unit: { id: 'south' } }).values).toEqual({ 'authentication.unitId': 'south' });
    expect(inputsOf({ before, unit: null }).values).toEqual({});
    expect(inputsOf({ before }).values).toEqual(before);
    expect(switchesUnit(map(before), { id: 'north', name: 'North, Inc.' })).toBe(false);
    expect(switchesUnit(map(before), undefined)).toBe(false);
    expect(switchesUnit(map(before), null)).toBe(true);
    expect(switchesUnit(map(before), { id: 'south', name: 'North, Inc.' })).toBe(true);
    expect(switchesUnit(new Map(), null)).toBe(false);
  });

  it('passes on the language of the back office that the request sets, and drops one that is not a language', () => {
    const before = { 'store.admin_cultureInfo': 'en-US' };
    const asking = (tag: Json) => inputsOf({ before, asked: { 'public.admin_cultureInfo': tag } }).values;
    expect(asking('de_DE')).toMatchObject({ 'store.admin_cultureInfo': 'de-DE' });
    expect(asking(null)).toEqual({});
    expect(asking('not a language')).not.toHaveProperty('store.admin_cultureInfo');
  });

  it('does not count a value as changed if it is written again unchanged [M-15]', () => {
    const before = { 'public.a': 'same' };
    expect(inputsOf({ before, seen: before, asked: { 'public.a': 'same' } }).changed).toEqual([]);
  });

  it('also counts what the other dialect changed, added or removed since the apps last looked [D-22]', () => {
    const { changed } = inputsOf({
      before: { 'public.a': 'theirs', 'authentication.storeUserId': 'c1' },
      seen: { 'public.a': 'ours', 'public.b': 'gone' },
    });
    expect(changed.toSorted()).toEqual(['authentication.storeUserId', 'public.a', 'public.b']);
  });

  it('ignores changes that no app watches', () => {
    expect(inputsOf({ asked: { 'public.unwatched': 'x' } }).changed).toEqual([]);
  });

  it('takes the list of changed cookies as given, and compares no values of cookies [M-58]', () => {
    const cookies = { 'cookie.login': 'token' };
    expect(inputsOf({ cookies }).changed).toEqual([]);
    expect(inputsOf({ cookies, changedCookies: ['cookie.login'] }).changed).toEqual(['cookie.login']);
  });

  it('calls apps that failed again only if asked to retry, and never for a new session', () => {
    expect(inputsOf({ retry: true }).due).toEqual(['loyalty']);
    expect(inputsOf({ retry: false }).due).toEqual([]);
    const brought = { asked: new Map(), cookies: { values: new Map(), changed: [] } };
    expect(cycleInputs(APPS, map({ 'public.a': 'x' }), brought, undefined, true)).toEqual({
      values: map({ 'public.a': 'x' }),
      changed: ['public.a'],
      due: [],
    });
  });
});

describe('The campaign of a link', () => {
  const [long, short] = ['public.utmi_campaign', 'public.utmi_cp'] as const;

  it('is set under its long name too when the link uses the short one [F-61]', () => {
    const { values, changed } = inputsOf({ before: { [long]: 'old' }, asked: { [short]: 'new' } });
    expect(values).toEqual({ [long]: 'new', [short]: 'new' });
    expect(changed).toEqual([long]);
  });

  it('stays as the link says when the link uses both names [F-61]', () => {
    const asked = { [short]: 'short', [long]: 'long' };
    expect(inputsOf({ asked }).values).toEqual(asked);
  });

  it('is removed under both names with the short one, unless the long one differs by then [F-61]', () => {
    const asked = { [short]: null };
    expect(inputsOf({ before: { [long]: 'one', [short]: 'one' }, asked }).values).toEqual({});
    expect(inputsOf({ before: { [long]: 'two', [short]: 'one' }, asked }).values).toEqual({ [long]: 'two' });
  });
});

describe('A request asks for another trade policy', () => {
  it('when it names one that the session does not have [F-51]', () => {
    expect(asksForOtherPolicy(map({ 'public.sc': '2' }), map({ 'store.channel': '1' }))).toBe(true);
    expect(asksForOtherPolicy(map({ 'public.sc': 2 }), map({}))).toBe(true);
  });

  it('even if it named the same before and was not given it [F-51]', () => {
    const before = map({ 'public.sc': '2', 'store.channel': '1' });
    expect(asksForOtherPolicy(map({ 'public.sc': '2' }), before)).toBe(true);
  });

  it('but not when it names the present one or none', () => {
    const before = map({ 'store.channel': '1' });
    for (const sc of ['1', 1, '', null]) expect(asksForOtherPolicy(map({ 'public.sc': sc }), before)).toBe(false); // prettier-ignore
    expect(asksForOtherPolicy(map({}), before)).toBe(false);
  });
});

describe('The watched values', () => {
  it('are those that some app has as an input, without cookies, which are credentials [M-58]', () => {
    const values = map({ 'public.a': 'x', 'public.other': 'x', 'cookie.login': 'token' });
    expect([...watchedValues(APPS, values).keys()]).toEqual(['public.a']);
  });
});
