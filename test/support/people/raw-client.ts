import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What a server sent on a connection, parsed. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A connection on which a test chooses every byte, to send what no HTTP client would. */
export class RawClient {
  private received = '';
  private readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => void (this.received += text));
    // A reset ends the connection too.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => void socket.once('close', resolve));
  }

  static async to(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(text: string | Buffer): this {
    this.socket.write(text);
    return this;
  }

  /** Waits for the first answer with its headers and body. */
  async answer(): Promise<RawAnswer> {
    for (;;) {
      const answer = readAnswer(this.received);
      if (answer) return answer;
      if (this.socket.closed) throw new Error(`Closed without an answer: ${this.received}`);
      await Promise.race([new Promise((resolve) => void this.socket.once('data', resolve)), this.closed]);
    }
  }

  async end(): Promise<void> {
    await this.closed;
  }

  get isOpen(): boolean {
    return !this.socket.closed;
  }

  drop(): void {
    this.socket.destroy();
  }
}

function readAnswer(received: string): RawAnswer | undefined {
  const [head = '', ...rest] = received.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '').split('\r\n\r\n');
  if (rest.length === 0) return undefined;
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  const text = rest.join('\r\n\r\n');
  if (Buffer.byteLength(text) < Number(headers['content-length'] ?? 0)) return undefined;
  return { status: Number(first.split(' ')[1]), headers, text };
}
