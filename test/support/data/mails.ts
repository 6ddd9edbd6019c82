import { expect, vi } from 'vitest';
import { OutboxWorker } from '../../../src/mail/outbox.worker.js';
import { recordSecrets } from '../records/run-records.js';
import type { Shop } from '../shop.js';

/**
 * Longer than the second that vitest waits: mails are written in the background, so a busy machine may write them late.
 */
const WRITTEN = { timeout: 10_000 };

const TOKEN = /[0-9a-f]{24}\.[\w-]{43}/;

interface KeptMail {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly nextAttemptAt?: string;
  readonly letter?: {
    readonly to: string;
    readonly from?: string;
    readonly subject: string;
    readonly text: string;
  };
}

/** Returns the mails in a tenant's outbox, newest first, once all that are due have been written. */
export async function mailsOf(shop: Shop, tenant = 'acme'): Promise<readonly KeptMail[]> {
  const admin = await shop.service(`${tenant}-backend`);
  return vi.waitFor(async () => {
    const { body } = await admin.get(`/admin/${tenant}/outbox`).expect(200);
    const now = shop.clock.now().toISOString();
    const underWay = (mail: KeptMail) =>
      mail.state === 'waiting' && (mail.attempts > 0 || (mail.nextAttemptAt ?? '') <= now);
    expect(body.filter(underWay)).toEqual([]);
    return body;
  }, WRITTEN);
}

/**
 * Returns the mails that somebody would have got, newest first. They are written after the answer, in the background.
 */
export const mailsTo = async (shop: Shop, to: string): Promise<readonly KeptMail[]> =>
  (await mailsOf(shop)).filter(({ letter }) => letter?.to === to);

/** Makes mails wait from now on, as if another instance had to send them. @returns a function that lets them go */
export function holdMails(shop: Shop): () => void {
  const worker = shop.app.get(OutboxWorker);
  const wake = vi.spyOn(worker, 'wake').mockReturnValue();
  return () => {
    wake.mockRestore();
    worker.wake();
  };
}

/** Returns the token in the newest mail to this address. */
export async function mailedToken(shop: Shop, to: string): Promise<string> {
  const [newest] = await mailsTo(shop, to);
  return tokenIn(newest?.letter?.text ?? '');
}

export function tokenIn(text: string): string {
  const [token = expect.unreachable('there is no token in the mail')] = TOKEN.exec(text) ?? [];
  recordSecrets(JSON.stringify({ token }));
  return token;
}
