import { createHash, hash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.schema.js';

/** The operator's client: it has no record in the store and belongs to no tenant; `OPERATOR_SECRET` is all there is. */
@Injectable()
export class Operator {
  /** Part of each of the operator's tokens, so that a new secret ends them. Undefined if there is no operator. */
  readonly epoch: string | undefined;
  private readonly digest: Buffer;

  constructor({ OPERATOR_SECRET: secret }: Config) {
    this.epoch =
      secret === undefined ? undefined : hash('sha256', `operator epoch ${secret}`, 'base64url').slice(0, 22);
    this.digest = digestOf(secret ?? '');
  }

  /** Takes the same time for every wrong input, even if there is no operator (behaviour W-03). */
  hasSecret(secret: string): boolean {
    return timingSafeEqual(digestOf(secret), this.digest) && this.epoch !== undefined;
  }

  /** Whether a token of this epoch still opens anything. */
  isEpoch(epoch: string): boolean {
    return this.epoch !== undefined && epoch === this.epoch;
  }
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
