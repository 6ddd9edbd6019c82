import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ReceivedEvent {
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The CloudEvent. */
  readonly event: Readonly<Record<string, string | object>>;
}

type Answer = (event: ReceivedEvent, response: ServerResponse, count: number) => void;

const PATIENCE_MS = 15_000;

/** The target of a webhook, at an address of this machine. */
export class WebhookTarget {
  readonly received: ReceivedEvent[] = [];

  private constructor(
    readonly url: string,
    private readonly end: () => void,
    private readonly answering: { answer: Answer },
  ) {}

  /** @param answer 204 by default */
  static async open(answer: Answer = (_, response) => response.writeHead(204).end()): Promise<WebhookTarget> {
    const answering = { answer };
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const headers = request.headers as Record<string, string>;
      const one = { headers, body, event: JSON.parse(body) };
      target.received.push(one);
      answering.answer(one, response, target.received.length);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const target = new WebhookTarget(
      `http://127.0.0.1:${port}/`,
      () => server.close().closeAllConnections(),
      answering,
    );
    return target;
  }

  answerWith(answer: Answer | number): void {
    this.answering.answer =
      typeof answer === 'number' ? (_, response) => response.writeHead(answer).end() : answer;
  }

  /** Waits until it has received this many. */
  async awaited(count: number, about?: string): Promise<readonly ReceivedEvent[]> {
    const since = performance.now();
    for (;;) {
      const found = this.about(about);
      if (found.length >= count || performance.now() - since > PATIENCE_MS) return found;
      await sleep(10);
    }
  }

  about(subject: string | undefined): readonly ReceivedEvent[] {
    return this.received.filter(({ event }) => subject === undefined || event['subject'] === subject);
  }

  close(): void {
    this.end();
  }
}
