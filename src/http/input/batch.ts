import { STATUS_CODES } from 'node:http';
import type { PipeTransform, Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { clipBytes } from '../../shared/clip.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { isJsonObject } from '../../shared/json.js';
import { Pace } from '../../shared/pace.js';
import { STATUS } from '../errors/error.filter.js';
import { Filling } from './fill.js';
import { filled } from './validation.pipe.js';

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
  constructor(
    private readonly type: Type<T>,
    private readonly most = MAX_BATCH,
  ) {}

  /** @throws InvalidInput */
  async transform(body: unknown): Promise<readonly BatchEntry<T>[]> {
    if (!Array.isArray(body)) throw InvalidInput.of('body', 'must be a list');
    if (body.length > this.most) throw InvalidInput.of('body', `must have at most ${this.most} entries`);
    const pace = new Pace();
    const entries: BatchEntry<T>[] = [];
    for (const entry of body) {
      if (pace.isDue) await pace.rest();
      entries.push(await this.read(entry, pace));
    }
    return entries;
  }

  private async read(entry: unknown, pace: Pace): Promise<BatchEntry<T>> {
    if (!isJsonObject(entry)) return { refused: InvalidInput.of('entry', 'must be an object') };
    return orRefused(async () => ({ wanted: await filled(this.type, entry, new Filling(pace)) }));
  }
}

/** The same entries, in other words. */
export const mapWanted = <T, R>(
  entries: readonly BatchEntry<T>[],
  map: (wanted: T) => R,
): readonly BatchEntry<R>[] =>
  entries.map((entry) => ('refused' in entry ? entry : { wanted: map(entry.wanted) }));

/**
 * Does all of them at once, except that entries of one id take turns in their order. The outcomes stand where their
 * entries do. What is no refusal is thrown.
 */
export async function doEach<T extends { readonly id?: string }>(
  entries: readonly BatchEntry<T>[],
  act: (wanted: T) => Promise<BatchOutcome>,
): Promise<readonly BatchOutcome[]> {
  const latest = new Map<string | undefined, Promise<BatchOutcome>>();
  const pace = new Pace();
  const outcomes: (BatchOutcome | Promise<BatchOutcome>)[] = [];
  for (const entry of entries) {
    if (pace.isDue) await pace.rest();
    if ('refused' in entry) {
      outcomes.push(entry);
      continue;
    }
    const { id } = entry.wanted;
    const outcome = actAfter(id === undefined ? undefined : latest.get(id), () => act(entry.wanted));
    // It is thrown by the one that waits for all of them.
    outcome.catch(() => undefined);
    latest.set(id, outcome);
    outcomes.push(outcome);
  }
  return Promise.all(outcomes);
}

async function actAfter(
  before: Promise<BatchOutcome> | undefined,
  act: () => Promise<BatchOutcome>,
): Promise<BatchOutcome> {
  await before;
  return orRefused(act);
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
      const { kind } = outcome.refused;
      return { index, ...coded(STATUS[kind]), message: rowMessage(outcome.refused, outcomes.length) };
    }
    return { index, id: outcome.id, ...coded(outcome.done === 'created' ? 201 : 204) };
  });

/** Of all messages of one answer, in bytes of JSON: a batch of refusals must not grow with its texts. */
const MOST_MESSAGE_BYTES = 40 * 1024;

/** Why one of so many entries was refused. */
export const rowMessage = ({ message }: DomainError, rows: number): string =>
  clipBytes(message, Math.floor(MOST_MESSAGE_BYTES / Math.max(rows, 20)));

/** `NO_CONTENT` of 204. */
const coded = (code: number): { code: number; status: string } => ({
  code,
  status: (STATUS_CODES[code] ?? '').toUpperCase().replaceAll(' ', '_'),
});
