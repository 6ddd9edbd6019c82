import type { Customer } from '../../customer/customer.types.js';
import type { DefaultValues } from '../../session/index.js';
import type { Admin, Session } from '../../session/session.types.js';
import type { Json } from '../../shared/json.js';
import type { Site } from '../../site-settings/site.types.js';
import type { Parameters, VtexSettings } from '../../vtex-settings/vtex-settings.types.js';

/**
 * Values by parameter (`namespace.key`) in the form that apps read: a text as it is, other JSON as its JSON text, so
 * that no shopper can send an app a type that it does not expect (F-54). The namespace ends at the first dot.
 */
export type Values = ReadonlyMap<string, string>;

/**
 * What an app writes: any JSON. An absent parameter keeps its value; `''` is written as an empty value; null removes the
 * parameter (M-16, W-79).
 */
export type Outputs = ReadonlyMap<string, Json>;

/** What a request sets of `public.*`, by parameter: any JSON (F-54). null removes the value. */
export type Asked = ReadonlyMap<string, Json>;

/** An organization unit: a legal entity of the other dialect. */
export interface Unit {
  readonly id: string;
  /** Absent if the tenant keeps its companies elsewhere. */
  readonly name?: string;
}

/** The data that a session's values are derived from. */
export interface SessionFacts {
  /** UUID of the tenant in this dialect. */
  readonly accountId: string;
  readonly sites: readonly Site[];
  /** The values that a context would get, without those that were chosen in this dialect. */
  readonly derived: DefaultValues;
  /** The logged-in customer of the session. */
  readonly customer?: Customer;
  /** The company that this customer acts for. */
  readonly unit?: Unit;
}

/** The customers of the tenant, the same for all apps of a cycle. */
export interface Customers {
  find(id: string): Promise<Customer | undefined>;

  /** @param typed an e-mail address, however it is typed */
  findByLogin(typed: string): Promise<Customer | undefined>;
}

/** What an app may use besides its inputs. Remote apps are told only `tenant`. */
export interface AppContext {
  readonly tenant: string;
  /** The session as it was read, without the changes of this request. */
  readonly session: Session;
  readonly basis: SessionFacts;
  readonly customers: Customers;
  readonly settings: VtexSettings;
  /** What this request sets, whether or not it differs from the present values. */
  readonly asked: Asked;
  /** `cookie.<name>` of the watched cookies that were added, removed or changed. */
  readonly changedCookies: readonly string[];
  /** The customer and the employee that authentication cookies prove the caller to be. */
  readonly customerId?: string;
  readonly admin?: Admin;
  /** Whether `public.storeUserEmail` gives price tables to employees only. */
  readonly priceTablesNeedProof: boolean;
  /** Whether an employee must give a reason to impersonate somebody. */
  readonly impersonationNeedsReason: boolean;
  readonly now: Date;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * An app refuses on purpose. If it still does at the end of the cycle, the request fails and nothing of it is saved
 * (M-33 to M-35, F-51).
 */
export interface Refusal {
  readonly refused: 'unauthenticated' | 'forbidden';
  readonly message: string;
}

/** Reads inputs and writes outputs (M-12 to M-18). */
export interface App {
  /** Unique within the tenant. `app:<name>` is the source of the values that it writes. */
  readonly name: string;
  /** A key that ends in `.*` matches every longer key that begins with the part before it (M-37). */
  readonly inputs: Parameters;
  /** Other parameters in its answer are dropped (M-18). */
  readonly outputs: Parameters;
  /** Whether the app is called, without input, when a session is new (M-25). */
  readonly runOnCreate: boolean;
  /** If two apps write one parameter at once, the higher order wins, then the later name (D-18). */
  readonly order: number;
  /** Whether the app is ours. The request waits for it and fails if it can't answer; a remote app is skipped (D-16). */
  readonly builtIn: boolean;

  /**
   * @param inputs all declared inputs that have a value, not only those that changed (W-78)
   * @throws anything - the app failed, and its outputs stay as they were (M-29, D-16)
   */
  run(inputs: Values, about: AppContext): Promise<Outputs | Refusal>;
}

export const isRefusal = (answer: Outputs | Refusal): answer is Refusal => 'refused' in answer;
