import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Answer, Answering, SiteCode, Value } from './answer.js';
import { LIFETIME, type Model, WINDOW } from './model.js';
import { GRACE } from './refresh-chain.js';

type Command = fc.AsyncCommand<Model, Answering>;
/** The state that a step may read before it is taken. */
type Seen = Readonly<Model>;
type Act = (on: Answering) => Answer | Promise<Answer>;

const NAMES = ['a', 'b', '__proto__', 'a.b', '$set', ' '];
const ADVANCES = [1, GRACE - 1, GRACE, GRACE + 1, LIFETIME - 1, LIFETIME, WINDOW - 1, WINDOW];

/** Chooses one of the existing items, counted from the newest, because most calls use what was issued last. */
const picked = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat({ max: 20 }) },
);
const fromNewest = (pick: number, all: readonly unknown[]): number => all.length - 1 - (pick % all.length);

const name = fc.constantFrom(...NAMES);
const value = fc.constantFrom<Value>('x', '', 1, -0.5, true, ['x', 'y']);
const change = fc.record(
  {
    language: fc.constantFrom('en', 'de'),
    siteCode: fc.constantFrom<SiteCode>('main', 'us'),
    currency: fc.constantFrom('EUR', 'USD', 'USD', 'GBP', 'JPY'),
    attributes: fc.dictionary(fc.constantFrom('a', 'b', 'a.b'), fc.option(value)),
  },
  { requiredKeys: [] },
);
/** The difference from the current version in a write. Usually 0. */
const offset = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });

/** A call that model and service must answer alike. @param from undefined when there is nothing to call it with */
const step = (title: string, from: (model: Seen) => Act | undefined): Command => ({
  check: (model) => from(model) !== undefined,
  async run(model, real) {
    const act = from(model) as Act;
    const right = await act(model);
    calls[right.status] = (calls[right.status] ?? 0) + 1;
    expect(await act(real), title).toEqual(right);
  },
  toString: () => title,
});

/** How often each status was expected and seen. 0 stands for a step of the clock. */
export const calls: Record<number, number> = {};

/** A step that is called with a token and something else. */
const withDoor = <More>(
  title: string,
  more: fc.Arbitrary<More>,
  act: (on: Answering, door: number, more: More) => ReturnType<Act>,
  fits: (model: Seen, door: number) => boolean = () => true,
): fc.Arbitrary<Command> =>
  fc.tuple(picked, more).map(([pick, given]) =>
    step(`${title}(door -${pick}, ${fc.stringify(given)})`, (model) => {
      const door = fromNewest(pick, model.doors);
      return fits(model, door) ? (on) => act(on, door, given) : undefined;
    }),
  );

const withCart = <More>(
  title: string,
  more: fc.Arbitrary<More>,
  act: (on: Answering, door: number, cart: number, more: More) => ReturnType<Act>,
): fc.Arbitrary<Command> =>
  fc.tuple(picked, picked, more).map(([door, cart, given]) =>
    step(`${title}(door -${door}, cart -${cart}, ${fc.stringify(given)})`, ({ doors, carts }) => {
      if (carts.length === 0) return undefined;
      const [d, c] = [fromNewest(door, doors), fromNewest(cart, carts)];
      return (on) => act(on, d, c, given);
    }),
  );

const patch = fc.tuple(picked, offset, change).map(([pick, ahead, changes]) =>
  step(`patchContext(door -${pick}, version +${ahead}, ${fc.stringify(changes)})`, (model) => {
    const door = fromNewest(pick, model.doors);
    const version = model.versionOf(model.sessionOf(door)) + ahead;
    return (on) => on.patchContext(door, { version, ...changes });
  }),
);

const replace = fc.tuple(picked, offset, change).map(([pick, ahead, changes]) =>
  step(`replaceById(session -${pick}, version +${ahead}, ${fc.stringify(changes)})`, (model) => {
    const session = fromNewest(pick, model.sessions);
    const version = model.versionOf(session) + ahead;
    return (on) => on.replaceById(session, { version, ...changes });
  }),
);

const readById = picked.map((pick) =>
  step(`readById(session -${pick})`, ({ sessions }) => {
    const session = fromNewest(pick, sessions);
    return (on) => on.readById(session);
  }),
);

const nothing = fc.constant(undefined);
const customer = fc.nat({ max: 1 });
const quantity = fc.integer({ min: 1, max: 3 });

/** Customers log in with an anonymous token, and out with their own: the other way round is for the stories. */
const anonymous = (model: Seen, door: number): boolean => !model.isCustomers(door);
const customers = (model: Seen, door: number): boolean => model.isCustomers(door);

/** Mostly the default one. */
const site = fc.constantFrom<SiteCode>('main', 'main', 'us');

const makeCart = withDoor('makeCart', site, (on, door, at) => on.makeCart(door, at));

const mergeCart = fc.tuple(picked, picked, picked).map(([door, cart, source]) =>
  step(`mergeCart(door -${door}, cart -${cart}, source -${source})`, (model) => {
    const { doors, carts } = model;
    if (carts.length === 0) return undefined;
    const d = fromNewest(door, doors);
    const [into, from] = [fromNewest(cart, carts), fromNewest(source, carts)];
    return model.isCustomers(d) ? (on) => on.mergeCart(d, into, from) : undefined;
  }),
);

export const steps: readonly fc.Arbitrary<Command>[] = [
  fc.constant(step('begin()', () => (on) => on.begin())),
  withDoor('refresh', nothing, (on, door) => on.refresh(door)),
  withDoor('refreshCustomer', nothing, (on, door) => on.refreshCustomer(door)),
  withDoor('logIn', customer, (on, door, who) => on.logIn(door, who), anonymous),
  withDoor('logOut', nothing, (on, door) => on.logOut(door), customers),
  withDoor('readContext', nothing, (on, door) => on.readContext(door)),
  patch,
  withDoor('setAttribute', fc.tuple(name, value), (on, door, [key, given]) =>
    on.setAttribute(door, key, given),
  ),
  withDoor('removeAttribute', name, (on, door, key) => on.removeAttribute(door, key)),
  readById,
  replace,
  // Weighted, because most other steps need one.
  makeCart,
  makeCart,
  makeCart,
  withDoor('findCart', site, (on, door, at) => on.findCart(door, at)),
  withCart('readCart', nothing, (on, door, cart) => on.readCart(door, cart)),
  withCart('addItem', quantity, (on, door, cart, more) => on.addItem(door, cart, more)),
  mergeCart,
  withCart('removeCart', nothing, (on, door, cart) => on.removeCart(door, cart)),
  fc
    .constantFrom(...ADVANCES)
    .map((seconds) => step(`advance(${seconds} s)`, () => (on) => on.advance(seconds))),
];
