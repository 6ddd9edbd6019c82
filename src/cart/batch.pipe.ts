import { Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { validationPipe } from '../http/validation.pipe.js';
import { DomainError, InvalidInput } from '../shared/domain-error.js';
import type { Entry } from './cart-item-batch.rules.js';

/** A list in which each entry is checked for itself: one that is wrong does not refuse the others. */
@Injectable()
export class BatchPipe<T extends object> implements PipeTransform<unknown, Promise<Entry<T>[]>> {
  private readonly entryPipe = validationPipe();

  constructor(
    private readonly entryType: Type<T>,
    private readonly maxEntries: number,
  ) {}

  /** @throws InvalidInput - it is no list, or too long */
  async transform(body: unknown): Promise<Entry<T>[]> {
    if (!Array.isArray(body) || body.length > this.maxEntries) {
      throw InvalidInput.of('body', `must be a list of at most ${this.maxEntries} entries`);
    }
    return Promise.all(body.map((entry) => this.read(entry)));
  }

  private async read(entry: unknown): Promise<Entry<T>> {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      return InvalidInput.of('body', 'each entry must be an object');
    }
    try {
      const read: unknown = await this.entryPipe.transform(entry, { type: 'body', metatype: this.entryType });
      return read instanceof this.entryType ? read : InvalidInput.of('body', 'can not be read');
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }
}
