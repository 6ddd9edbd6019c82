import type { Letter, MailRequest } from './mail.types.js';

/** The port through which a mail gets its text just before it is sent; the customer feature fulfils it. */
export abstract class MailWriter {
  /**
   * Makes the token that the mail carries, as well.
   * @returns undefined when there is nobody to write to, or nothing to write about any more
   */
  abstract write(request: MailRequest, askedAt: Date): Promise<Letter | undefined>;
}
