import { timedSeconds, wholeNumber } from './values.ts';

/** How long records are kept that nobody deletes. */
export const retentionSettings = {
  AUDIT_DAYS: wholeNumber(1, 3650)
    .default(365)
    .describe('How many days a line of the audit log is kept. A change applies to new lines.'),
  EVENT_LOG_HOURS: wholeNumber(48, 720)
    .default(72)
    .describe(
      'How many hours an event is kept for webhooks and streams. At least as long as a webhook is retried.',
    ),
  SWEEP_SECONDS: timedSeconds.min(1).default(60).describe('How often expired records are deleted.'),
};
