import { BUILT_IN_APPS, type BuiltInApp as BuiltInName } from '../../../vtex-settings/index.js';
import type { App, AppContext, Outputs, Refusal, Values } from '../../values/app.types.js';

const NAMES = Object.keys(BUILT_IN_APPS);

/**
 * A built-in app, with exactly the inputs and outputs that VTEX documents. Built-in apps come before the tenant's
 * own.
 */
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

/** An absent value removes the parameter, so that nothing of an earlier shopper is left (M-45). */
export function outputsOf(values: Readonly<Record<`${string}.${string}`, string | undefined>>): Outputs {
  const outputs = new Map<string, string | null>();
  for (const parameter in values) {
    if (Object.hasOwn(values, parameter))
      outputs.set(parameter, values[parameter as `${string}.${string}`] ?? null);
  }
  return outputs;
}

/** Joins several values into one; undefined when there are none. */
export const joinCommas = (values: readonly string[]): string | undefined => values.join(',') || undefined;
