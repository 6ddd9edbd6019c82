import type * as crypto from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hashSecret, secretFits } from './client-secret.js';

const compared = vi.hoisted(() => vi.fn());
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  const timingSafeEqual: typeof real.timingSafeEqual = (one, other) => {
    compared();
    return real.timingSafeEqual(one, other);
  };
  return { ...real, timingSafeEqual };
});

describe('The secret of a client', () => {
  beforeEach(() => void compared.mockClear());

  it('is stored as its SHA-256 in base64url, so that hashes of earlier releases still fit [P-03]', () => {
    expect(hashSecret('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('fits if it is any of the valid ones, and only then', () => {
    const hashes = [hashSecret('new'), hashSecret('old')];
    expect(secretFits('new', hashes)).toBe(true);
    expect(secretFits('old', hashes)).toBe(true);
    expect(secretFits('New', hashes)).toBe(false);
    expect(secretFits('', hashes)).toBe(false);
  });

  it('fits nothing if there is none, even if it is empty [W-03, P-03]', () => {
    expect(secretFits('', [])).toBe(false);
    expect(secretFits('abc', [])).toBe(false);
  });

  it('is compared as often for an unknown client as for one with a secret [W-03]', () => {
    secretFits('abc', [hashSecret('new')]);
    expect(compared).toHaveBeenCalledTimes(1);
    secretFits('abc', []);
    expect(compared).toHaveBeenCalledTimes(2);
  });

  it('is compared with all valid ones, whichever fits', () => {
    secretFits('new', [hashSecret('new'), hashSecret('old')]);
    expect(compared).toHaveBeenCalledTimes(2);
  });
});
