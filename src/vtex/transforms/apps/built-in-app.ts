import { BUILT_IN_APPS, type BuiltInApp as BuiltInName } from '../../../vtex-settings/index.js';
import type { App, AppContext, Outputs, Refusal, Values } from '../../values/app.types.js';

const NAMES = Object.keys(BUILT_IN_APPS);

/** One of the seed's apps, with exactly its inputs and outputs. They come before the tenant's own in the order. */
export abstract class BuiltInApp implements App {
  private readonly declared = BUILT_IN_APPS[this.key];
  readonly name = this.declared.name;
  readonly inputs = this.declared.input;
  readonly outputs = this.declared.output;
  readonly runOnCreate = this.declared.runOnCreate;
  readonly order = NAMES.indexOf(this.key) - NAMES.length;
  readonly builtIn = true;

  constructor(private readonly key: BuiltInName) {}

  abstract run(inputs: Values, about: AppContext): Promise<Outputs | Refusal>;
}

/** An absent value takes the parameter away, so that nothing of somebody else is left (M-45). */
export const outputsOf = (namespace: string, values: Readonly<Record<string, string | undefined>>): Outputs =>
  new Map(Object.entries(values).map(([key, value]) => [`${namespace}.${key}`, value ?? null]));

/** Several in one value, each once and in order. */
export const joinCommas = (values: readonly string[]): string | undefined => values.join(',') || undefined;
