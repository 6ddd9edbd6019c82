import { type MailRequest, OutboxService } from '../../../src/mail/index.js';

/** Remembers the mails that it was asked to send. */
export class RecordedOutbox {
  readonly posted: MailRequest[] = [];
  readonly service: OutboxService = Object.assign(Object.create(OutboxService.prototype), {
    post: async (request: MailRequest) => void this.posted.push(request),
    postAbout: async <R>(requests: readonly MailRequest[], cause: () => Promise<R>) => {
      this.posted.push(...requests);
      return cause();
    },
  });
}
