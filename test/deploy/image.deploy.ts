import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/programs/nginx.js';

// Its types name a default export, but the function is the module itself.
const dockerIgnore = dockerignore as unknown as typeof dockerignore.default;

const BUILD_MS = 240_000;

/** The lines of the Dockerfile, each with its instruction first. */
const LINES = readFileSync('Dockerfile', 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .filter(([instruction = '']) => /^[A-Z]+$/.test(instruction));

/** What the build sees: the files that are kept, less what `.dockerignore` leaves out. */
function context(): readonly string[] {
  const kept = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
  const ignored = dockerIgnore({ ignorecase: false }).add(readFileSync('.dockerignore', 'utf8'));
  return ignored.filter(kept);
}

/** Does what the Dockerfile says, in two folders instead of two containers. It needs no Docker. */
class Image {
  private readonly root = mkdtempSync(join(tmpdir(), 'onesession-image-'));
  private readonly build = join(this.root, 'build');
  readonly app = join(this.root, 'app');

  make(): void {
    const seen = context();
    let stages = 0;
    for (const [instruction, ...words] of LINES) {
      if (instruction === 'FROM') stages += 1;
      else if (stages === 1 && instruction === 'COPY') this.copy(seen, words);
      else if (stages === 1 && instruction === 'RUN') this.run(words.join(' '));
      else if (instruction === 'COPY') this.take(words);
    }
  }

  /** From the context. */
  private copy(seen: readonly string[], words: readonly string[]): void {
    const [to = '', ...from] = words.toReversed();
    for (const file of from[0] === '.' ? seen : from) {
      expect(seen, `${file} is left out by .dockerignore`).toContain(file);
      const name = from[0] === '.' ? file : (file.split('/').at(-1) ?? file);
      const target = join(this.build, to, name);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(file, target);
    }
  }

  private run(command: string): void {
    execFileSync('sh', ['-c', command], { cwd: this.build, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  /** From the first stage. */
  private take([, from = '', to = '']: readonly string[]): void {
    cpSync(from.replace('/app', this.build), join(this.app, to), { recursive: true, verbatimSymlinks: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

describe('The image that the Dockerfile describes', () => {
  const image = new Image();
  beforeAll(() => image.make(), BUILD_MS);
  afterAll(() => image.remove());

  it('has what the service needs to start, and to answer with its pages', { timeout: BUILD_MS }, async () => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const data = join(image.app, 'data');
    const env = {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: `${port}`,
      DATA_DIR: data,
      CONSOLE: 'on',
    };
    const service = spawn(process.execPath, ['dist/main.js'], { cwd: image.app, env, stdio: 'ignore' });
    const ended = once(service, 'exit');
    try {
      await expect
        .poll(
          () =>
            fetch(`${origin}/health/ready`).then(
              ({ status }) => status,
              () => 0,
            ),
          { timeout: 30_000 },
        )
        .toBe(200);
      for (const page of ['/', '/docs', '/docs/clients', '/console/', '/openapi.json']) {
        expect((await fetch(`${origin}${page}`)).status, page).toBe(200);
      }
    } finally {
      service.kill();
      await ended;
    }
  });
});
