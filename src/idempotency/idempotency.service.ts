import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { HttpRefusal } from '../http/refusal.js';
import { REPEATED, RepeatedAnswer } from '../http/repeated-answer.js';
import { Clock, secondsAfter } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { isKept, rulingOn } from './idempotency.rules.js';
import type { KeptAnswer, KeptKey } from './idempotency.types.js';
import { sealed, unsealed } from './sealed-body.js';

const KEPT_SECONDS = 86_400;

/** Longer than any request may take, even one that waits for an erasure. */
const CLAIMED_SECONDS = 120;

/** In bytes. Answers to changes are far smaller; a larger one is not kept. */
const LARGEST_BODY = 262_144;

const RETRY_AFTER_SECONDS = '1';

/** A request with a key. */
export interface KeyedRequest {
  readonly tenant: string;
  readonly clientId: string;
  readonly key: string;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** A request that got its key, and the key itself, which is needed to seal the answer. */
export interface TakenKey {
  readonly key: string;
  readonly kept: KeptKey;
}

export interface SentAnswer extends Omit<KeptAnswer, 'sealedBody'> {
  readonly body: string;
}

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** Returns the id under which a key is stored. It includes the client, so two clients may use the same key. */
export const keptIdOf = ({
  tenant,
  clientId,
  key,
}: Pick<KeyedRequest, 'tenant' | 'clientId' | 'key'>): string => hashOf(tenant, clientId, key);

/** Answers a change that is repeated with the same `Idempotency-Key` as it was answered the first time. */
@Injectable()
export class IdempotencyService {
  private readonly log = new Logger(IdempotencyService.name);

  constructor(
    private readonly keys: IdempotencyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the key for this request.
   * @param mismatch the status if another request has this key
   * @throws RepeatedAnswer - the request was answered before
   * @throws HttpRefusal - `mismatch`: another request has this key; 409: the same request is under way
   */
  async take(request: KeyedRequest, mismatch = 422): Promise<TakenKey> {
    const now = this.clock.now();
    const kept: KeptKey = {
      tenant: request.tenant,
      id: keptIdOf(request),
      fingerprint: hashOf(request.method, request.url, JSON.stringify(request.body) ?? ''),
      claim: newId(),
      claimedUntil: secondsAfter(now, CLAIMED_SECONDS),
      erasedAt: secondsAfter(now, KEPT_SECONDS),
    };
    const known = await this.keys.take(kept, now);
    if (!known) return { key: request.key, kept };
    if (known.answer && rulingOn(known, kept.fingerprint) === 'repeated')
      throw repeated(known.answer, request.key);
    throw refusalOf(known, kept.fingerprint, mismatch);
  }

  /** Keeps the answer, if the same request should get it again. If the store is away, the key is lost after a while. */
  async settle({ key, kept }: TakenKey, { body, ...answer }: SentAnswer): Promise<void> {
    const isSmall = Buffer.byteLength(body) <= LARGEST_BODY;
    try {
      if (isKept(answer.status) && isSmall)
        await this.keys.keep({ ...kept, answer: { ...answer, sealedBody: sealed(body, key) } });
      else await this.keys.giveBack(kept);
    } catch (error) {
      this.log.warn(
        { err: error, tenant: kept.tenant },
        'an answer could not be kept for its Idempotency-Key',
      );
    }
  }
}

function repeated({ status, mediaType, location, sealedBody }: KeptAnswer, key: string): RepeatedAnswer {
  const headers = {
    [REPEATED]: 'true',
    ...(mediaType !== undefined && { 'content-type': mediaType }),
    ...(location !== undefined && { location }),
  };
  return new RepeatedAnswer(status, headers, unsealed(sealedBody, key));
}

const refusalOf = (known: KeptKey, fingerprint: string, mismatch: number): HttpRefusal =>
  rulingOn(known, fingerprint) === 'other-request'
    ? new HttpRefusal(
        mismatch,
        'Idempotency-Key: was sent with another request; use a new key for each change',
      )
    : new HttpRefusal(
        409,
        'Idempotency-Key: the first request with this key is not answered yet; try again',
        {
          'retry-after': RETRY_AFTER_SECONDS,
        },
      );
