import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

const FOLDER = resolve('test/clients/ucp');
const REQUIREMENTS = join(FOLDER, 'requirements.txt');
const INSTALL_MS = 5 * 60_000;

export type Model = 'profile' | 'create' | 'update' | 'cart' | 'refusal';

/** The models of bodies in the protocol's own Python SDK. They are made from the published schemas of the release. */
export class UcpModels {
  private readonly answers: AsyncIterator<string>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: Interface,
  ) {
    this.answers = lines[Symbol.asyncIterator]();
  }

  /** @throws Error if there is no Python 3.10 with pip */
  static async open(): Promise<UcpModels> {
    const child = spawn('python3', [join(FOLDER, 'check.py')], {
      env: { ...process.env, PYTHONPATH: await installed() },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return new UcpModels(child, createInterface({ input: child.stdout }));
  }

  /** Returns what is wrong with a body. */
  async problemsOf(model: Model, body: unknown): Promise<readonly string[]> {
    this.child.stdin?.write(`${JSON.stringify({ model, body })}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error('the models have ended');
    return JSON.parse(value);
  }

  close(): void {
    this.lines.close();
    this.child.stdin?.end();
  }
}

/** Outside node_modules, so that `npm ci` does not delete it. A run that is killed leaves no half of it. */
async function installed(): Promise<string> {
  const version = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'onesession');
  const { stdout } = await run('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  const folder = join(cache, `ucp-sdk-${version}-python${stdout.trim()}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'fetch-'));
  try {
    const options = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--no-input', '--quiet'];
    const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', ...options];
    await run('python3', [...pip, '--target', fresh, '-r', REQUIREMENTS], { timeout: INSTALL_MS });
    // Another run may have been faster.
    await rename(fresh, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
