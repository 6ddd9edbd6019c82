import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, Optional } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { Config } from '../../config/config.schema.js';
import { Clock } from '../../shared/clock.js';
import { StoreUnavailable } from '../../shared/domain-error.js';
import { IssuedTokens } from './issued-tokens.js';
import { decryptKey, encryptKey } from './key-cipher.js';
import { type KeyChangeRequest, SigningKeyWatch } from './signing-key-watch.js';
import { type SigningKeyRecord, SigningKeyRepository } from './signing-key.repository.js';

/** Pinned: no token of another algorithm is signed or accepted (RFC 8725 section 3.1). */
export const SIGNING_ALGORITHM = 'ES256';

const DAY_MS = 86_400_000;

/** How long tokens of a key are still accepted after another instance has dropped it. */
const REMEMBERED_MS = 5_000;

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly createdAt: Date;
}

/** What an operator may see of a key: never its private half. */
export interface ListedKey {
  readonly kid: string;
  readonly createdAt: Date;
  /** Tokens are signed with it now. */
  readonly signs: boolean;
}

/** The keys that tokens are signed with. They live in the store; each instance has a copy that is seconds old at most. */
@Injectable()
export class SigningKeys implements OnApplicationBootstrap {
  /** Tokens that this instance signed and that nobody has presented yet. */
  readonly issued = new IssuedTokens();
  private readonly log = new Logger(SigningKeys.name);
  private readonly publicKeys = new Map<string, KeyObject>();
  private newest: SigningKey | undefined;
  private loading: Promise<void> | undefined;
  /** By the monotonic clock. */
  private loadedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly config: Config,
    private readonly clock: Clock,
    @Optional() private readonly watch?: SigningKeyWatch,
  ) {}

  /**
   * Reads the keys before the first request, so that it need not wait. If the store is unavailable, the first request
   * tries again.
   */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.current();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /** The key to sign with. @throws WrongKeysSecret */
  async current(): Promise<SigningKey> {
    await this.refresh();
    if (!this.newest) await this.follow(undefined);
    if (!this.newest) throw new Error('No signing key after one was made');
    return this.newest;
  }

  /**
   * An unknown `kid` may be one that another instance has just made, so the keys are read again. Concurrent callers
   * share one read.
   * @returns undefined for a `kid` that this service never made, or that was dropped
   */
  async publicKey(kid: string): Promise<KeyObject | undefined> {
    const begunBefore = this.loading;
    if (!(await this.holds(kid))) await this.load();
    if (begunBefore && !this.publicKeys.has(kid)) await this.load();
    return this.publicKeys.get(kid);
  }

  /** Whether tokens of this key are good: false within seconds after any instance has dropped it. */
  async holds(kid: string): Promise<boolean> {
    await this.refresh();
    return this.publicKeys.has(kid);
  }

  /** The newest first. */
  async list(): Promise<readonly ListedKey[]> {
    const records = await this.repository.list();
    return records.map(({ kid, createdAt }, index) => ({ kid, createdAt, signs: index === 0 }));
  }

  /**
   * Makes a new key if the newest is too old. If several instances do so at the same time, one key is made. Tokens of
   * older keys stay valid until they expire.
   * @param days maximum age of the newest key; 0 means no limit
   */
  async rotateAfter(days: number): Promise<void> {
    if (days === 0) return;
    // What this instance remembers may be older than a rotation by another one.
    const [newest] = await this.repository.list();
    const age = newest && this.clock.now().getTime() - newest.createdAt.getTime();
    if (age !== undefined && age >= days * DAY_MS) await this.follow(newest);
  }

  /** Signs with a new key from now on. Tokens of older keys stay valid until they expire. */
  async rotate(request?: KeyChangeRequest): Promise<void> {
    const [newest] = await this.repository.list();
    await this.follow(newest, request);
  }

  /**
   * For a key that leaked: its tokens are refused, here at once and on other instances within seconds. If it was the one
   * that signs, a new one takes its place.
   * @returns false when there is no such key
   */
  async drop(kid: string, request?: KeyChangeRequest): Promise<boolean> {
    const [signing] = await this.repository.list();
    if (signing?.kid === kid) await this.follow(signing, request);
    const dropped = await this.repository.remove(kid);
    await this.load();
    if (!dropped) return false;
    this.log.warn({ kid }, 'a signing key was dropped: its tokens are refused');
    await this.watch?.changed('drop', kid, request);
    return true;
  }

  /** RFC 7517 section 5. */
  async jwks(): Promise<{ keys: object[] }> {
    const records = await this.repository.list();
    return { keys: records.map((record) => JSON.parse(record.publicJwk)) };
  }

  /** Reads the keys again after some seconds. While the store is away, the known keys stay in use. */
  private async refresh(): Promise<void> {
    if (this.clock.monotonic() - this.loadedAt < REMEMBERED_MS) return;
    await this.load();
  }

  private load(): Promise<void> {
    this.loading ??= this.read().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async read(): Promise<void> {
    const readAt = this.clock.monotonic();
    const records = await this.repository.list();
    const [first] = records;
    const newest = first && {
      kid: first.kid,
      privateKey: await this.open(first),
      createdAt: first.createdAt,
    };
    const kids = new Set(records.map(({ kid }) => kid));
    for (const kid of this.publicKeys.keys()) if (!kids.has(kid)) this.publicKeys.delete(kid);
    for (const { kid, publicJwk } of records) {
      if (this.publicKeys.has(kid)) continue;
      this.publicKeys.set(kid, createPublicKey({ key: JSON.parse(publicJwk), format: 'jwk' }));
    }
    this.newest = newest;
    this.loadedAt = readAt;
  }

  private async open({ kid, encryptedPrivateJwk }: SigningKeyRecord): Promise<KeyObject> {
    if (this.newest?.kid === kid) return this.newest.privateKey;
    const jwk = await decryptKey(kid, encryptedPrivateJwk, this.config);
    return createPrivateKey({ key: JSON.parse(jwk), format: 'jwk' });
  }

  /** Makes the key after `previous`, unless another instance just did. The newest by its time is the one that signs. */
  private async follow(previous: SigningKeyRecord | undefined, request?: KeyChangeRequest): Promise<void> {
    const key = await this.generate();
    const createdAt =
      previous && previous.createdAt >= key.createdAt ? later(previous.createdAt) : key.createdAt;
    const added = await this.repository.add({ ...key, createdAt }, previous?.kid);
    await this.load();
    if (added && previous) await this.watch?.changed('rotate', key.kid, request);
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

const later = (time: Date): Date => new Date(time.getTime() + 1);
