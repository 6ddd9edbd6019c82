import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether something listens on a port of this machine. */
export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.unref();
  });

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** nginx with its own folder, as long as a test needs it. */
export class Nginx {
  readonly folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  private stopNow = async (): Promise<void> => undefined;

  /** @param settings of the http block, in which something listens on the port */
  async start(settings: string, port: number): Promise<void> {
    const { folder } = this;
    const file = join(folder, 'nginx.conf');
    const user = process.getuid?.() === 0 ? 'user root;' : '';
    const places = TEMPORARY.map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ');
    const own = `daemon off; pid ${folder}/pid; error_log stderr; events {}`;
    writeFileSync(file, `${user} ${own} http { access_log off; ${places} ${settings} }`);
    const nginx = spawn('nginx', ['-c', file], { stdio: 'inherit' });
    this.stopNow = async () => {
      nginx.kill('SIGTERM');
      if (nginx.exitCode === null) await once(nginx, 'exit');
    };
    for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) await pause(50);
  }

  /** Writes `shop.key` and `shop.crt`, which nobody has signed, into the folder. */
  certify(name: string): void {
    const files = ['-keyout', join(this.folder, 'shop.key'), '-out', join(this.folder, 'shop.crt')];
    const subject = ['-subj', `/CN=${name}`, '-days', '2', '-nodes'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...files, ...subject], {
      stdio: 'ignore',
    });
  }

  async stop(): Promise<void> {
    await this.stopNow();
    rmSync(this.folder, { recursive: true });
  }
}
