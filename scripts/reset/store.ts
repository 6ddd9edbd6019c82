/** What `npm run reset` may empty. */
export interface ResettableStore {
  /** As the configuration names it, without a password. */
  readonly name: string;
  /** One line each, for a person who must decide. Empty: there is nothing to remove. */
  readonly contents: readonly string[];
  remove(): Promise<void>;
  close(): Promise<void>;
}

/** Nothing was removed, and the person at the keyboard must act. */
export class ResetRefused extends Error {}
