import { describe, expect, it } from 'vitest';
import { isOver, isToRemind, newRetention } from './password-retention.rules.js';

const NOW = new Date('2026-11-29T03:00:00.000Z');

describe('How long passwords of another system are kept', () => {
  it('ends on a day in the future, with a reminder a week before it', () => {
    expect(newRetention({ retentionEndDate: '2027-01-31' }, NOW)).toEqual({
      endsOn: '2027-01-31',
      remindsOn: '2027-01-24',
      mails: true,
    });
    for (const retentionEndDate of ['2026-11-29', '2026-11-28']) {
      expect(() => newRetention({ retentionEndDate }, NOW)).toThrow('retentionEndDate');
    }
  });

  it('has a reminder tomorrow if less than a week is left', () => {
    expect(newRetention({ retentionEndDate: '2026-12-06' }, NOW).remindsOn).toBe('2026-11-30');
    expect(newRetention({ retentionEndDate: '2026-12-07' }, NOW).remindsOn).toBe('2026-11-30');
    expect(newRetention({ retentionEndDate: '2026-12-08' }, NOW).remindsOn).toBe('2026-12-01');
  });

  it('has the reminder that was asked for, if that lies before the end', () => {
    const input = { retentionEndDate: '2026-12-06', emailNotificationsEnabled: false };
    const remindsOn = '2026-11-29';
    expect(newRetention({ ...input, emailReminderDate: remindsOn }, NOW)).toMatchObject({
      remindsOn,
      mails: false,
    });
    for (const emailReminderDate of ['2026-11-28', '2026-12-06']) {
      expect(() => newRetention({ ...input, emailReminderDate }, NOW)).toThrow('emailReminderDate');
    }
  });

  it('reminds once, before it is over', () => {
    const retention = { endsOn: '2026-12-06', remindsOn: '2026-11-29', mails: true };
    expect(isToRemind(retention, NOW)).toBe(true);
    expect(isToRemind({ ...retention, reminded: true }, NOW)).toBe(false);
    expect(isToRemind({ ...retention, mails: false }, NOW)).toBe(false);
    expect(isToRemind({ ...retention, remindsOn: '2026-11-30' }, NOW)).toBe(false);
    expect(isOver(retention, NOW)).toBe(false);
    const end = new Date('2026-12-06T00:00:00.000Z');
    expect(isOver(retention, end)).toBe(true);
    expect(isToRemind(retention, end)).toBe(false);
  });
});
