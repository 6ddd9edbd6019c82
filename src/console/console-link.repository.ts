import type { ConsoleLink } from './console-link.types.js';

/** Stores sign-in links of the console. Contract: `console-link.contract.ts`. */
export abstract class ConsoleLinkRepository {
  /** @param link whose hash is of a new random code */
  abstract add(link: ConsoleLink): Promise<void>;

  /**
   * Removes and returns a link in one atomic step, so that of several callers only one gets it.
   * @returns undefined if there is none; one whose time is over may still be returned
   */
  abstract take(hash: string): Promise<ConsoleLink | undefined>;
}
