import { InvalidInput, type Problem } from '../../shared/domain-error.js';
import type { PasswordRetention } from '../../tenant/tenant.types.js';

/** What a backend asks for. Dates are ISO 8601 days in UTC. */
export interface RetentionInput {
  readonly retentionEndDate: string;
  readonly emailReminderDate?: string | undefined;
  readonly emailNotificationsEnabled?: boolean | undefined;
}

const DAY_MS = 86_400_000;
const REMINDS_BEFORE_DAYS = 7;

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
const daysAfter = (day: string, days: number): string => dayOf(new Date(Date.parse(day) + days * DAY_MS));

/** @throws InvalidInput */
export function newRetention(input: RetentionInput, now: Date): PasswordRetention {
  const [today, endsOn] = [dayOf(now), input.retentionEndDate];
  const remindsOn = input.emailReminderDate ?? usualReminder(today, endsOn);
  const problems: Problem[] = [];
  if (endsOn <= today) problems.push({ field: 'retentionEndDate', message: 'must be a day in the future' });
  if (input.emailReminderDate !== undefined && (remindsOn < today || remindsOn >= endsOn)) {
    problems.push({
      field: 'emailReminderDate',
      message: 'must be today or later, and before retentionEndDate',
    });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return { endsOn, remindsOn, mails: input.emailNotificationsEnabled ?? true };
}

function usualReminder(today: string, endsOn: string): string {
  const weekBefore = daysAfter(endsOn, -REMINDS_BEFORE_DAYS);
  return weekBefore > today ? weekBefore : daysAfter(today, 1);
}

export const isOver = ({ endsOn }: PasswordRetention, now: Date): boolean => dayOf(now) >= endsOn;

/** Tells whether customers have to be reminded now. */
export const isToRemind = (retention: PasswordRetention, now: Date): boolean =>
  retention.mails &&
  retention.reminded !== true &&
  dayOf(now) >= retention.remindsOn &&
  !isOver(retention, now);
