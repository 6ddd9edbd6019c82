import { Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { newSecret } from '../../shared/ids.js';
import { type ConfirmingField, PasswordsBusy, wrongPassword } from '../customer.errors.js';
import type { Customer } from '../customer.types.js';
import { BoundedQueue } from './bounded-queue.js';
import { opaquePassword, passwordSpellings } from './password.rules.js';
import { isOwnHash, OWN_PARAMETERS } from './stored-hash.rules.js';
import { verifyHash } from './verify-hash.js';

/** A hash takes about 50 ms of a core, off the event loop. A flood of logins must not take every core. */
const LIMITS = { atOnce: 2, waiting: 100 } as const;

/**
 * A hash of another system may take a second of a core. Guesses at the customers of one tenant must not keep those of the
 * others waiting, so they have one of the two places, and a line of their own.
 */
const FOREIGN_LIMITS = { atOnce: 1, waiting: 50 } as const;

/** Hashes passwords that people choose. `oauth/client-secret.ts` does what a generated secret needs. */
@Injectable()
export class PasswordService {
  private readonly queue = new BoundedQueue(LIMITS, () => new PasswordsBusy());
  private readonly foreign = new BoundedQueue(FOREIGN_LIMITS, () => new PasswordsBusy());
  private readonly nobodys = hash(newSecret(), OWN_PARAMETERS);

  /** @returns a PHC string @throws PasswordsBusy */
  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(opaquePassword(password), OWN_PARAMETERS));
  }

  /**
   * Tells whether the password fits the hash. Without a hash, a wrong password costs the same, so the time does not
   * tell whether there is a customer (W-15). A hash that was brought in from elsewhere has its own cost, until it
   * is renewed (decision 0052).
   * @throws PasswordsBusy
   */
  async fits(typed: string, passwordHash: string | undefined): Promise<boolean> {
    const decoy = await this.nobodys;
    const expected = passwordHash ?? decoy;
    for (const password of passwordSpellings(typed)) {
      if (await this.inTurn(expected, () => verifyHash(expected, password, decoy)))
        return passwordHash !== undefined;
    }
    return false;
  }

  /**
   * Checks the password that a customer sent to confirm a change.
   * @param field of the request, for the refusal
   * @throws InvalidInput if it does not fit; PasswordsBusy
   */
  async expectFits({ passwordHash }: Customer, typed: string, field: ConfirmingField): Promise<void> {
    if (!(await this.fits(typed, passwordHash))) throw wrongPassword(field);
  }

  /** @throws PasswordsBusy */
  private inTurn<R>(passwordHash: string, check: () => Promise<R>): Promise<R> {
    const run = (): Promise<R> => this.queue.run(check);
    return isOwnHash(passwordHash) ? run() : this.foreign.run(run);
  }

  /** Tells whether to hash the password again as soon as it is known. */
  needsRenewal(passwordHash: string | undefined): boolean {
    return passwordHash !== undefined && !isOwnHash(passwordHash);
  }
}
