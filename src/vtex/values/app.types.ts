import type { Customer } from '../../customer/customer.types.js';
import type { DefaultValues } from '../../session/index.js';
import type { Admin, Session } from '../../session/session.types.js';
import type { Json } from '../../shared/json.js';
import type { Site } from '../../site-settings/site.types.js';
import type { Parameters, VtexSettings } from '../../vtex-settings/vtex-settings.types.js';

/**
 * Values by parameter, `namespace.key`, as apps read them: a text as it is, other JSON as its JSON text, so that no
 * shopper can give an app a kind of value that it does not expect (F-54). The first dot of a parameter ends the namespace.
 */
export type Values = ReadonlyMap<string, string>;

/**
 * What an app wants to be written. A parameter that is left out stays as it is; `''` is written as an empty value; null
 * takes the parameter away (behaviours M-16, W-79).
 */
export type Outputs = ReadonlyMap<string, string | null>;

/** What a request sets of `public.*`, by parameter: any JSON (F-54). Null takes the value away. */
export type Asked = ReadonlyMap<string, Json>;

/** What a session's values are read against. */
export interface SessionFacts {
  /** UUID of the tenant in this dialect. */
  readonly accountId: string;
  readonly sites: readonly Site[];
  /** What a context would be made of, but for what was chosen in this dialect. */
  readonly derived: DefaultValues;
  /** Of a logged-in customer's session. */
  readonly customer?: Customer;
}

/** What an app may know besides its inputs. Remote apps are told none of it but `tenant`. */
export interface AppContext {
  readonly tenant: string;
  /** As it was read; without what this request changes. */
  readonly session: Session;
  readonly basis: SessionFacts;
  readonly settings: VtexSettings;
  /** What this request sets, whether that is a change or not. */
  readonly asked: Asked;
  /** Of those that apps watch: `cookie.<name>` of each that came, went or changed. */
  readonly changedCookies: readonly string[];
  /** Whom an authentication cookie proves to be there: a customer, and an employee. */
  readonly customerId?: string;
  readonly admin?: Admin;
  /** `public.storeUserEmail` gives price tables to employees only. */
  readonly priceTablesNeedProof: boolean;
  /** An employee who gives no reason impersonates nobody. */
  readonly impersonationNeedsReason: boolean;
  readonly now: Date;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * An app that refuses on purpose. If it still does at the end of the cycle, the request fails, and nothing of it is saved
 * (M-33 to M-35, F-51).
 */
export interface Refusal {
  readonly refused: 'unauthenticated' | 'forbidden';
  readonly message: string;
}

/** A reader of inputs and a writer of outputs (behaviours M-12 to M-18). */
export interface App {
  /** Unique in the tenant; `app:<name>` is the source of what it writes. */
  readonly name: string;
  /** A key that ends in `.*` stands for all that begin with what is before it and go on (M-37). */
  readonly inputs: Parameters;
  /** Whatever else it answers is dropped (M-18). */
  readonly outputs: Parameters;
  /** Called when a session is new, with no input (M-25). */
  readonly runOnCreate: boolean;
  /** Of two that write one parameter at once, the one of the higher order wins; by name where they are equal (D-18). */
  readonly order: number;
  /** One of ours: the request waits for it, and fails when it can't answer. A remote one is left out then (D-16). */
  readonly builtIn: boolean;

  /**
   * @param inputs those of the declared inputs that have a value, not only what changed (W-78)
   * @throws anything - the app failed: its outputs stay as they were (M-29, D-16)
   */
  run(inputs: Values, about: AppContext): Promise<Outputs | Refusal>;
}

export const isRefusal = (answer: Outputs | Refusal): answer is Refusal => 'refused' in answer;
