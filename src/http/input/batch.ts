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

/** The largest number of entries in one batch. */
export const MAX_BATCH = 200;

/** One entry of a batch: what is wanted, or why it can't be read. */
export type BatchEntry<T> = { readonly wanted: T } | { readonly refused: DomainError };

export type BatchOutcome =
  { readonly id: string; readonly done: 'created' | 'changed' } | { readonly refused: DomainError };

/** Reads a body that is a list. Each entry is checked separately, so that a wrong one does not affect the others. */
export class BatchPipe<T extends object> implements PipeTransform<
  unknown,
  Promise<readonly BatchEntry<T>[]>
> {
  constructor(
    private readonly type: Type<T>,
    private readonly most = MAX_BATCH,
  ) {}

  /** @throws InvalidInput if the body is not a list or is too long */
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

/** Returns the same entries with what is wanted mapped. */
export const mapWanted = <T, R>(
  entries: readonly BatchEntry<T>[],
  map: (wanted: T) => R,
): readonly BatchEntry<R>[] =>
  entries.map((entry) => ('refused' in entry ? entry : { wanted: map(entry.wanted) }));

/**
 * Processes all entries in parallel, except that entries with the same id run in their order. The outcomes are in the
 * order of the entries. An error that is not a refusal is thrown.
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
    // `Promise.all` below throws it.
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

/** One row of a 207 answer. */
export class BatchResultDto {
  @ApiProperty({ example: 0, description: 'Index of the entry in the request, counted from 0.' })
  index!: number;

  @ApiPropertyOptional({ example: '62d65a15088ed94ebf093d7d' })
  id?: string;

  @ApiProperty({ example: 201, description: 'The status that the entry would have got on its own.' })
  code!: number;

  @ApiProperty({ example: 'CREATED' })
  status!: string;

  @ApiPropertyOptional({ description: 'Why the entry was refused.' })
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

/** Limit of all messages in one answer, in bytes of JSON: a batch of refusals must not grow with its texts. */
const MOST_MESSAGE_BYTES = 40 * 1024;

/** Returns why one of `rows` entries was refused. */
const rowMessage = ({ message }: DomainError, rows: number): string =>
  clipBytes(message, Math.floor(MOST_MESSAGE_BYTES / Math.max(rows, 20)));

/** Returns a status with its name, such as `NO_CONTENT` for 204. */
const coded = (code: number): { code: number; status: string } => ({
  code,
  status: (STATUS_CODES[code] ?? '').toUpperCase().replaceAll(' ', '_'),
});
