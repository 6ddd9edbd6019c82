import { Injectable, Logger, Optional } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { open, type Opened, reseal } from './key-cipher.js';
import { type KeyChangeRequest, SigningKeyWatch } from './signing-key-watch.js';
import { SigningKeyRepository } from './signing-key.repository.js';

/** Which secret of `KEYS_SECRET` opens a key: `none` of them if it is not in the list. */
export type KeySecret = Opened['secret'] | 'none';

export interface ReencryptedKeys {
  /** Keys that were re-encrypted with the first secret. */
  readonly reencrypted: readonly string[];
  /** Keys that were encrypted with the first secret already. */
  readonly unchanged: readonly string[];
  /** Keys that no secret in the list opens. They were left unchanged. */
  readonly unreadable: readonly string[];
}

/** Manages the encryption of the stored signing keys. */
@Injectable()
export class KeySecrets {
  private readonly log = new Logger(KeySecrets.name);

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly config: Config,
    @Optional() private readonly watch?: SigningKeyWatch,
  ) {}

  /** By `kid`. */
  async secrets(): Promise<ReadonlyMap<string, KeySecret>> {
    const records = await this.repository.list();
    const found = records.map(async ({ kid, encryptedPrivateJwk }) => {
      const opened = await open(encryptedPrivateJwk, this.config);
      return [kid, opened?.secret ?? 'none'] as const;
    });
    return new Map(await Promise.all(found));
  }

  /**
   * Encrypts with the first secret of `KEYS_SECRET` what an earlier one opens, so that the earlier ones can be taken out
   * of the list. Repeated, it changes nothing.
   */
  async reencrypt(request: KeyChangeRequest): Promise<ReencryptedKeys> {
    const done = { reencrypted: [] as string[], unchanged: [] as string[], unreadable: [] as string[] };
    for (const { kid, encryptedPrivateJwk: from } of await this.repository.list()) {
      const to = await reseal(from, this.config);
      if (typeof to === 'string') done[to].push(kid);
      else if (await this.replace(kid, from, to.sealed, request)) done.reencrypted.push(kid);
    }
    return done;
  }

  /** @returns false if the key was dropped, or another instance has encrypted it meanwhile */
  private async replace(kid: string, from: string, to: string, request: KeyChangeRequest): Promise<boolean> {
    if (!(await this.repository.reencrypt(kid, from, to))) return false;
    this.log.log({ kid }, 'a signing key was encrypted with the first secret of KEYS_SECRET');
    await this.watch?.changed('reencrypt', kid, request);
    return true;
  }
}
