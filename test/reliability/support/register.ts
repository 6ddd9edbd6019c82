import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation, Write } from './history.js';
import type { Answer, Endpoint, Request } from './http-client.js';
import { readById, replaceById } from './wire.js';

/** A pause between operations, so that these clients do not take the machine from the others. */
const PAUSE_MS = 100;

/** Clients that compare and set one attribute of one session, and record what they did and saw. */
export class Register {
  readonly history: Operation[] = [];
  readonly surprises: string[] = [];
  private open = true;
  private writes = 0;

  constructor(
    private readonly to: Endpoint,
    private readonly staff: string,
    private readonly session: string,
  ) {}

  /** Until `stop`. */
  async run(clients: number): Promise<void> {
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (this.open) {
          await this.readAndReplace();
          await sleep(PAUSE_MS);
        }
      }),
    );
  }

  stop(): void {
    this.open = false;
  }

  get won(): number {
    return this.history.filter((one) => one.kind === 'write' && one.outcome === 'won').length;
  }

  private async readAndReplace(): Promise<void> {
    const version = await this.read();
    if (version === undefined) return;
    const value = `write ${++this.writes}`;
    const began = performance.now();
    const request = replaceById(this.staff, this.session, version, { context: { value } });
    const outcome = outcomeOf(await this.send(request, [204, 409]));
    this.history.push({ kind: 'write', from: version, value, outcome, began, ended: performance.now() });
  }

  private async read(): Promise<number | undefined> {
    const began = performance.now();
    const answer = await this.send(readById(this.staff, this.session), [200]);
    if (answer?.status !== 200) return undefined;
    const { context, metadata } = answer.body;
    const value = context.value ?? '';
    this.history.push({ kind: 'read', version: metadata.version, value, began, ended: performance.now() });
    return metadata.version;
  }

  private async send(request: Request, right: readonly number[]): Promise<Answer | undefined> {
    const answer = await this.to.send(request).catch(() => undefined);
    if (answer && ![...right, 503].includes(answer.status)) {
      this.surprises.push(`${request.method}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }
}

function outcomeOf(answer: Answer | undefined): Write['outcome'] {
  if (answer?.status === 204) return 'won';
  return answer?.status === 409 ? 'lost' : 'unknown';
}
