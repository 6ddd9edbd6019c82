import { STATUS_CODES } from 'node:http';
import type { PipeTransform, Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DomainError, InvalidInput } from '../shared/domain-error.js';
import { STATUS } from './error.filter.js';
import { validationPipe } from './validation.pipe.js';

/** The most entries of one batch. */
export const MAX_BATCH = 200;

/** What stands at one place of a batch: what is wanted there, or why it can't be read. */
export type BatchEntry<T> = { readonly wanted: T } | { readonly refused: DomainError };

export type BatchOutcome =
  { readonly id: string; readonly done: 'created' | 'changed' } | { readonly refused: DomainError };

/** A body that is a list: each entry is checked by itself, so that one that is wrong does not keep the others out. */
export class BatchPipe<T extends object> implements PipeTransform<
  unknown,
  Promise<readonly BatchEntry<T>[]>
> {
  private readonly entries = validationPipe();

  constructor(
    private readonly type: Type<T>,
    private readonly most = MAX_BATCH,
  ) {}

  /** @throws InvalidInput */
  async transform(body: unknown): Promise<readonly BatchEntry<T>[]> {
    if (!Array.isArray(body)) throw InvalidInput.of('body', 'must be a list');
    if (body.length > this.most) throw InvalidInput.of('body', `must have at most ${this.most} entries`);
    return Promise.all(body.map((entry: unknown) => this.read(entry)));
  }

  private async read(entry: unknown): Promise<BatchEntry<T>> {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      return { refused: InvalidInput.of('entry', 'must be an object') };
    }
    return orRefused(async () => ({
      wanted: await this.entries.transform(entry, { type: 'body', metatype: this.type }),
    }));
  }
}

/** The same entries, in other words. */
export const mapWanted = <T, R>(
  entries: readonly BatchEntry<T>[],
  map: (wanted: T) => R,
): readonly BatchEntry<R>[] =>
  entries.map((entry) => ('refused' in entry ? entry : { wanted: map(entry.wanted) }));

/**
 * At once, but for entries of one id, which take turns in their order; the outcomes stand where their entries do. What
 * is no refusal is thrown.
 */
export function doEach<T extends { readonly id?: string }>(
  entries: readonly BatchEntry<T>[],
  act: (wanted: T) => Promise<BatchOutcome>,
): Promise<readonly BatchOutcome[]> {
  const latest = new Map<string | undefined, Promise<BatchOutcome>>();
  const outcomes = entries.map((entry) => {
    if ('refused' in entry) return entry;
    const { id } = entry.wanted;
    const before = id === undefined ? undefined : latest.get(id);
    const outcome = (async () => {
      await before;
      return orRefused(() => act(entry.wanted));
    })();
    latest.set(id, outcome);
    return outcome;
  });
  return Promise.all(outcomes);
}

async function orRefused<R>(act: () => Promise<R>): Promise<R | { readonly refused: DomainError }> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof DomainError) return { refused: error };
    throw error;
  }
}

/** One row of a 207. */
export class BatchResultDto {
  @ApiProperty({ example: 0, description: 'where the entry stands in the request' })
  index!: number;

  @ApiPropertyOptional({ example: '62d65a15088ed94ebf093d7d' })
  id?: string;

  @ApiProperty({ example: 201, description: 'the status that the entry would have got alone' })
  code!: number;

  @ApiProperty({ example: 'CREATED' })
  status!: string;

  @ApiPropertyOptional({ description: 'why it was refused' })
  message?: string;
}

export const toBatchResults = (outcomes: readonly BatchOutcome[]): BatchResultDto[] =>
  outcomes.map((outcome, index) => {
    if ('refused' in outcome) {
      const { kind, message } = outcome.refused;
      return { index, ...coded(STATUS[kind]), message };
    }
    return { index, id: outcome.id, ...coded(outcome.done === 'created' ? 201 : 204) };
  });

/** `NO_CONTENT` of 204. */
const coded = (code: number): { code: number; status: string } => ({
  code,
  status: (STATUS_CODES[code] ?? '').toUpperCase().replaceAll(' ', '_'),
});
