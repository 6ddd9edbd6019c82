import { setImmediate } from 'node:timers';

/** Sends an answer, or the answer to an error instead. */
export type SendAnswer = (error?: Error) => void;

/**
 * Sends the answers of one turn of the event loop together, at its end. A client on the same machine, such as a proxy, is
 * then woken once for all of them instead of once for each, and waking it costs more than writing to it
 * (`bench/PROFILE.md`).
 */
export class AnswersOfTurn {
  private waiting: SendAnswer[] = [];

  add(send: SendAnswer): void {
    if (this.waiting.push(send) === 1) setImmediate(this.sendAll);
  }

  private readonly sendAll = (): void => {
    const all = this.waiting;
    this.waiting = [];
    for (const send of all) sendOr(send);
  };
}

/** A header that Node refuses is noticed only here, and must not hold back the other answers. */
function sendOr(send: SendAnswer): void {
  try {
    send();
  } catch (error) {
    send(error instanceof Error ? error : new Error(String(error)));
  }
}
