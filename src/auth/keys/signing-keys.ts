import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { Config } from '../../config/config.schema.js';
import { Clock } from '../../shared/clock.js';
import { StoreUnavailable } from '../../shared/domain-error.js';
import { decryptKey, encryptKey } from './key-cipher.js';
import { type SigningKeyRecord, SigningKeyRepository } from './signing-key.repository.js';

/** Pinned: no token of another algorithm is signed or taken (RFC 8725 section 3.1). */
export const SIGNING_ALGORITHM = 'ES256';

const DAY_MS = 86_400_000;

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly createdAt: Date;
}

/** The keys that tokens are signed with. They live in the store; this is the copy of one instance. */
@Injectable()
export class SigningKeys implements OnApplicationBootstrap {
  private readonly publicKeys = new Map<string, KeyObject>();
  private newest: SigningKey | undefined;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Before the first request, which is not to wait for it; a store that is away is asked again then. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.current();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /** @throws WrongKeysSecret */
  async current(): Promise<SigningKey> {
    if (!this.newest) await this.load();
    if (!this.newest) {
      await this.repository.add(await this.generate());
      await this.load();
    }
    if (!this.newest) throw new Error('No signing key after one was made');
    return this.newest;
  }

  /**
   * An unknown `kid` may be the one that another instance has just made, so the keys are read again; all who ask
   * at once share one read.
   * @returns undefined for a `kid` that this service never made
   */
  async publicKey(kid: string): Promise<KeyObject | undefined> {
    const begunBefore = this.loading;
    if (!this.publicKeys.has(kid)) await this.load();
    if (begunBefore && !this.publicKeys.has(kid)) await this.load();
    return this.publicKeys.get(kid);
  }

  /**
   * A new key from now on; tokens of the older ones stay good until they end.
   * @param days how old the newest may be; 0 leaves it for ever
   */
  async rotateAfter(days: number): Promise<void> {
    const { createdAt } = await this.current();
    const age = this.clock.now().getTime() - createdAt.getTime();
    if (days === 0 || age < days * DAY_MS) return;
    await this.repository.add(await this.generate());
    await this.load();
  }

  /** RFC 7517 section 5. */
  async jwks(): Promise<{ keys: object[] }> {
    const records = await this.repository.list();
    return { keys: records.map((record) => JSON.parse(record.publicJwk)) };
  }

  private load(): Promise<void> {
    this.loading ??= this.read().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async read(): Promise<void> {
    const records = await this.repository.list();
    this.publicKeys.clear();
    for (const { kid, publicJwk } of records) {
      this.publicKeys.set(kid, createPublicKey({ key: JSON.parse(publicJwk), format: 'jwk' }));
    }
    const [first] = records;
    this.newest = first && {
      kid: first.kid,
      privateKey: await this.open(first),
      createdAt: first.createdAt,
    };
  }

  private async open({ kid, encryptedPrivateJwk }: SigningKeyRecord): Promise<KeyObject> {
    if (this.newest?.kid === kid) return this.newest.privateKey;
    const jwk = await decryptKey(kid, encryptedPrivateJwk, this.config);
    return createPrivateKey({ key: JSON.parse(jwk), format: 'jwk' });
  }

  private async generate(): Promise<SigningKeyRecord> {
    const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
    const publicJwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    return {
      kid,
      publicJwk: JSON.stringify({ ...publicJwk, kid, alg: SIGNING_ALGORITHM, use: 'sig' }),
      encryptedPrivateJwk: await encryptKey(await exportJWK(pair.privateKey), this.config),
      createdAt: this.clock.now(),
    };
  }
}
