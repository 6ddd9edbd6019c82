import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../shared/clock.js';
import { begun, isDue, passed } from './tenant-deletion.rules.js';

const NOW = new Date('2026-01-15T12:00:00Z');

describe('The deletion of a tenant', () => {
  it('is due at once, then after what requests in flight may have written, and then never again', () => {
    const first = begun('acme', 'job', NOW);
    expect(isDue(first, NOW)).toBe(true);
    const settling = passed(first, NOW);
    expect(settling.finishedAt).toBeUndefined();
    expect(isDue(settling, secondsAfter(NOW, 59))).toBe(false);
    const later = secondsAfter(NOW, 60);
    expect(isDue(settling, later)).toBe(true);
    const done = passed(settling, later);
    expect(done).toEqual({ ...settling, finishedAt: later });
    expect(isDue(done, secondsAfter(NOW, 3600))).toBe(false);
  });
});
