import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { newSecret } from '../../shared/ids.js';
import { PasswordsBusy } from '../customer.errors.js';
import { BoundedQueue } from './bounded-queue.js';
import { opaquePassword, passwordSpellings } from './password.rules.js';

/** Argon2id, the default of the package, with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet). */
const PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** A hash takes about 50 ms of a core, off the event loop. A flood of logins must not take every core. */
const LIMITS = { atOnce: 2, waiting: 100 } as const;

/** Hashes passwords that people choose. `oauth/client-secret.ts` does what a generated secret needs. */
@Injectable()
export class PasswordService {
  private readonly queue = new BoundedQueue(LIMITS, () => new PasswordsBusy());
  private readonly nobodys = hash(newSecret(), PARAMETERS);

  /** @returns a PHC string @throws PasswordsBusy */
  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(opaquePassword(password), PARAMETERS));
  }

  /**
   * Tells whether the password fits the hash. Without a hash, a wrong password costs the same, so the time does not
   * tell whether there is a customer (W-15).
   * @throws PasswordsBusy
   */
  async fits(typed: string, passwordHash: string | undefined): Promise<boolean> {
    const expected = passwordHash ?? (await this.nobodys);
    for (const password of passwordSpellings(typed)) {
      if (await this.queue.run(() => verify(expected, password))) return passwordHash !== undefined;
    }
    return false;
  }
}
