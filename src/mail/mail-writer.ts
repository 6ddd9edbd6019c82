import type { Letter, MailRequest } from './mail.types.js';

/** Writes a mail just before it is sent. The customer feature implements it. */
export abstract class MailWriter {
  /**
   * Writes the mail and creates the token that it carries.
   * @returns undefined when there is nobody to write to, or no longer a reason to
   */
  abstract write(request: MailRequest, askedAt: Date): Promise<Letter | undefined>;
}
