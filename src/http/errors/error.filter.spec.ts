import { Logger } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Overloaded, StoreAway, StoreUnavailable, TookTooLong } from '../../shared/domain-error.js';
import { ErrorFilter } from './error.filter.js';

const reply = {
  type: () => reply,
  header: () => reply,
  headers: () => reply,
  status: () => reply,
  send: () => reply,
};
const host = new ExecutionContextHost([{ url: '/cart/acme/carts', routeOptions: {} }, reply]);

describe("A request that can't be served now is", () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ['written to the log: the store did not answer it', new StoreUnavailable(), 1],
    ['written to the log: it took too long', new TookTooLong(), 1],
    ['one of many that the store, known to be away, was not asked for', new StoreAway(), 0],
    ['one of many that are too many at once', new Overloaded(), 0],
  ])('%s', (_title, error, lines) => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
    new ErrorFilter().catch(error, host);
    expect(warn).toHaveBeenCalledTimes(lines);
  });
});
