import { tmpdir } from 'node:os';
import { open } from 'lmdb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { outliveFailedCommits } from './disk-full.js';

/** An error that lmdb makes of a refusal of the operating system. */
function errorOfLmdb(): unknown {
  try {
    return open({ path: tmpdir(), noSubdir: true });
  } catch (error) {
    return error;
  }
}

describe('What lmdb prints of a commit that failed', () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { error } = console;

  beforeAll(outliveFailedCommits);
  afterAll(() => {
    console.error = error;
    printed.mockRestore();
  });

  it('is left out, so that a full disk does not fill the log; everything else is printed', () => {
    const [ofLmdb, ofNode] = [errorOfLmdb(), Object.assign(new Error('no'), { code: 'ENOENT' })];
    expect(ofLmdb).toHaveProperty('code', expect.any(Number));
    console.error(ofLmdb);
    console.error(ofNode);
    console.error('text');
    expect(printed.mock.calls).toEqual([[ofNode], ['text']]);
  });
});
