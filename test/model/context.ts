import { type Answer, listed, type Value } from './answer.js';

/** What a session knows of its shopper, from its first cart on. */
export interface Context {
  version: number;
  language: string;
  cart?: number | undefined;
  attributes: Map<string, Value>;
}

export const newContext = (cart: number): Context => ({
  version: 1,
  language: 'en',
  cart,
  attributes: new Map(),
});

/** A null takes an attribute away. */
export function merge({ attributes }: Context, changes: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) attributes.delete(name);
    else attributes.set(name, value);
  }
}

export function revised(context: Context, language = context.language): Answer {
  Object.assign(context, { language, version: context.version + 1 });
  return { status: 204 };
}

export function shown(context: Context | undefined, customer: number | undefined): Answer {
  if (!context) return { status: 404 };
  const { version, language, cart, attributes } = context;
  return { status: 200, said: { version, language, cart, customer, attributes: listed(attributes) } };
}
