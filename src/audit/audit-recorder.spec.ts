import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestClock } from '../../test/support/test-clock.js';
import { readConfig } from '../config/config.schema.js';
import { StoreUnavailable } from '../shared/domain-error.js';
import { TenantService } from '../tenant/index.js';
import { AuditRecorder } from './audit-recorder.js';
import type { AuditEvent, AuditLine } from './audit.types.js';

const EVENT: AuditEvent = {
  tenant: 'acme',
  actor: { kind: 'service', id: 'desk' },
  action: 'client.read',
  target: { kind: 'client', id: 'c1' },
  result: 'ok',
  requestId: 'r1',
};
const STRANGE: AuditEvent = {
  ...EVENT,
  actor: { kind: 'unknown', id: 'unknown' },
  result: 'unauthenticated',
};

describe('The recorder of the audit log', () => {
  const clock = new TestClock();
  let lines: AuditLine[];
  let isAway: boolean;
  let recorder: AuditRecorder;

  beforeEach(() => {
    for (const level of ['log', 'warn', 'error'] as const)
      vi.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
    lines = [];
    isAway = false;
    const config = readConfig({ NODE_ENV: 'test', AUDIT_DAYS: '2' });
    const tenants = { find: async (name: string) => (name === 'acme' ? { name, settings: {} } : undefined) };
    const store = {
      append: async (more: readonly AuditLine[]) => {
        if (isAway) throw new StoreUnavailable();
        lines.push(...more);
      },
    };
    recorder = new AuditRecorder(
      store as never,
      new TenantService(tenants as never, config, clock),
      config,
      clock,
    );
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('gives each line a time, a date of erasure and an id that sorts after the previous one', async () => {
    for (let i = 0; i < 12; i += 1) await recorder.record(EVENT);
    const now = clock.now();
    expect(lines[0]).toEqual({
      ...EVENT,
      id: expect.any(String),
      at: now,
      erasedAt: new Date(now.getTime() + 2 * 86_400_000),
    });
    const ids = lines.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(12);
  });

  it('has stored a change once it says so, and stores other lines soon after', async () => {
    recorder.note({ ...EVENT, action: 'client.list' });
    await recorder.record(EVENT);
    expect(lines.map(({ action }) => action)).toContain('client.read');
    await recorder.drain();
    expect(lines.map(({ action }) => action).toSorted()).toEqual(['client.list', 'client.read']);
  });

  it('keeps what the store could not take, in order, and tries again', async () => {
    vi.useFakeTimers();
    isAway = true;
    await recorder.record(EVENT);
    recorder.note({ ...EVENT, action: 'client.list' });
    await recorder.drain();
    expect(lines).toEqual([]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lines.map(({ action }) => action)).toEqual(['client.read', 'client.list']);
  });

  it('waits for the store before it stops, but not forever', async () => {
    vi.useFakeTimers();
    isAway = true;
    recorder.note(EVENT);
    const stopped = recorder.settle();
    await vi.advanceTimersByTimeAsync(1_500);
    isAway = false;
    await vi.advanceTimersByTimeAsync(5_000);
    await stopped;
    expect(lines).toHaveLength(1);

    isAway = true;
    recorder.note(EVENT);
    const given = recorder.settle();
    await vi.advanceTimersByTimeAsync(10_000);
    await given;
    expect(Logger.prototype.error).toHaveBeenCalledWith(
      '1 lines of the audit log are in the log stream only',
    );
  });

  it('keeps a limited number of lines while the store is unavailable', async () => {
    isAway = true;
    for (let i = 0; i < 10_050; i += 1) recorder.note(EVENT);
    await recorder.drain();
    isAway = false;
    await recorder.drain();
    expect(lines).toHaveLength(10_000);
  });

  it('limits the lines about outsiders, but never those about staff of the tenant', async () => {
    for (let i = 0; i < 700; i += 1) recorder.note(STRANGE);
    for (let i = 0; i < 700; i += 1) recorder.note(EVENT);
    await recorder.drain();
    expect(lines.filter(({ actor }) => actor.kind === 'unknown')).toHaveLength(600);
    expect(lines.filter(({ actor }) => actor.kind === 'service')).toHaveLength(700);
  });

  it('writes nothing for tenants that do not exist', async () => {
    recorder.note({ ...STRANGE, tenant: 'nowhere' });
    recorder.note(STRANGE);
    await recorder.drain();
    expect(lines.map(({ tenant }) => tenant)).toEqual(['acme']);
  });

  it('also logs each line', async () => {
    await recorder.record(EVENT);
    recorder.note(STRANGE);
    await recorder.drain();
    expect(Logger.prototype.log).toHaveBeenCalledTimes(2);
    expect(Logger.prototype.log).toHaveBeenCalledWith(
      expect.objectContaining({ audit: lines[0]?.id, action: 'client.read', result: 'ok' }),
      'audit',
    );
  });
});
