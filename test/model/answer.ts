/**
 * An answer of the service, translated for the model: sessions, carts and refresh tokens are numbered in the order in
 * which they appear.
 */
export interface Answer {
  readonly status: number;
  readonly said?: Readonly<Record<string, unknown>>;
}

/** Implemented by the model, and by the service through HTTP. All arguments are numbers of the model. */
export interface Answering {
  begin(): Answer | Promise<Answer>;
  refresh(door: number): Answer | Promise<Answer>;
  refreshCustomer(door: number): Answer | Promise<Answer>;
  logIn(door: number, customer: number): Answer | Promise<Answer>;
  logOut(door: number): Answer | Promise<Answer>;

  readContext(door: number): Answer | Promise<Answer>;
  patchContext(door: number, change: Change): Answer | Promise<Answer>;
  setAttribute(door: number, name: string, value: Value): Answer | Promise<Answer>;
  removeAttribute(door: number, name: string): Answer | Promise<Answer>;
  /** Called by an employee, like the next one. */
  readById(session: number): Answer | Promise<Answer>;
  replaceById(session: number, change: Change): Answer | Promise<Answer>;

  /** In the first currency of the site. */
  makeCart(door: number, site: SiteCode): Answer | Promise<Answer>;
  findCart(door: number, site: SiteCode): Answer | Promise<Answer>;
  readCart(door: number, cart: number): Answer | Promise<Answer>;
  addItem(door: number, cart: number, quantity: number): Answer | Promise<Answer>;
  removeCart(door: number, cart: number): Answer | Promise<Answer>;
  mergeCart(door: number, cart: number, source: number): Answer | Promise<Answer>;

  advance(seconds: number): Answer | Promise<Answer>;
}

export type Value = string | number | boolean | readonly string[] | null;

/** Two sites, and what they sell in: the first is the default currency. */
export const SOLD = { main: ['EUR', 'USD', 'GBP'], us: ['USD'] } as const;
export type SiteCode = keyof typeof SOLD;

export interface Change {
  readonly version: number;
  readonly siteCode?: SiteCode;
  readonly currency?: string;
  readonly language?: string;
  readonly attributes?: Readonly<Record<string, Value>>;
}

/** A list, so that the order is fixed and names such as `__proto__` are plain data. */
export const listed = (attributes: Iterable<readonly [string, unknown]>): readonly unknown[] =>
  [...attributes].sort(([a], [b]) => (a < b ? -1 : 1));
