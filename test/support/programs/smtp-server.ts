import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  /** Headers and text, as they were sent. */
  readonly data: string;
}

/** Implements as much of SMTP (RFC 5321) as a client needs to deliver a mail. */
export class SmtpServer {
  readonly mails: ReceivedMail[] = [];
  /** The answer to RCPT. */
  rcptAnswer = '250 OK';
  private readonly server: Server = createServer((socket) => this.talk(socket));
  private readonly sockets = new Set<Socket>();
  private port = 0;

  /** @param port of an earlier server, to use it again */
  async open(port = this.port): Promise<string> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return `smtp://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    let [from, to, pending] = ['', '', ''];
    let inData = false;
    const reply = (line: string) => socket.write(`${line}\r\n`);
    reply('220 test.invalid');
    socket.on('data', (chunk) => {
      pending += chunk.toString('utf8');
      for (;;) {
        const end = pending.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const text = pending.slice(0, end);
        pending = pending.slice(end + (inData ? 5 : 2));
        if (inData) {
          this.mails.push({ from, to, data: text });
          inData = false;
          reply('250 OK');
        } else if (/^MAIL FROM:/i.test(text)) {
          from = addressIn(text);
          reply('250 OK');
        } else if (/^RCPT TO:/i.test(text)) {
          to = addressIn(text);
          reply(this.rcptAnswer);
        } else if (/^DATA/i.test(text)) {
          inData = true;
          reply('354 go on');
        } else if (/^QUIT/i.test(text)) {
          reply('221 bye');
          socket.end();
        } else reply('250 OK');
      }
    });
  }
}

const addressIn = (command: string): string => /<([^>]*)>/.exec(command)?.[1] ?? '';
