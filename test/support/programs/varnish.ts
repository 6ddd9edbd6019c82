import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answers } from './nginx.js';

/** Varnish with a folder of its own, as long as a test needs it. */
export class Varnish {
  private readonly folder = mkdtempSync(join(tmpdir(), 'varnish-'));
  private stopNow = async (): Promise<void> => undefined;

  /**
   * @param settings VCL that the built-in one follows
   * @param backend port of what renders the pages
   */
  async start(settings: string, port: number, backend: number): Promise<void> {
    const file = join(this.folder, 'default.vcl');
    const shop = `backend default { .host = "127.0.0.1"; .port = "${backend}"; }`;
    writeFileSync(file, `vcl 4.1;\n${shop}\n${settings}`);
    const where = ['-n', join(this.folder, 'run'), '-a', `127.0.0.1:${port}`, '-f', file];
    // Nothing to become root for, and no file for what it keeps.
    const varnish = spawn('varnishd', ['-F', '-j', 'none', '-s', 'malloc,16m', ...where], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    varnish.stderr.on('data', (text: Buffer) => (said += text.toString()));
    this.stopNow = async () => {
      varnish.kill('SIGTERM');
      if (varnish.exitCode === null) await once(varnish, 'exit');
    };
    for (let tries = 0; tries < 200 && varnish.exitCode === null; tries += 1) {
      if (await answers(port)) return;
      await pause(50);
    }
    throw new Error(`varnishd does not listen: ${said}`);
  }

  async stop(): Promise<void> {
    await this.stopNow();
    rmSync(this.folder, { recursive: true });
  }
}
