import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { type Typed, typed } from '../../support/programs/shell.js';

/** What a tool writes into `node_modules` stays in the copy. */
const WRITTEN_BY_TOOLS = new Set(['.cache', '.vite', '.vite-temp']);

/** A copy of this checkout, changes that are not committed included, as a repository with one commit. */
export class CheckoutCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'onesession-contributing-'));
  readonly env: NodeJS.ProcessEnv;

  constructor() {
    const { HOME, XDG_CACHE_HOME, MONGOD_BINARY, MONGODB_URI } = process.env;
    const someone = { NAME: 'A newcomer', EMAIL: 'newcomer@shop.test' };
    // Nothing of the Vitest that runs this.
    this.env = {
      HOME,
      XDG_CACHE_HOME,
      MONGOD_BINARY,
      MONGODB_URI,
      PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`,
      NO_COLOR: '1',
      GIT_AUTHOR_NAME: someone.NAME,
      GIT_AUTHOR_EMAIL: someone.EMAIL,
      GIT_COMMITTER_NAME: someone.NAME,
      GIT_COMMITTER_EMAIL: someone.EMAIL,
    };
  }

  fill(): void {
    this.copyFiles();
    this.linkModules();
    for (const args of [
      ['init', '--quiet'],
      ['add', '--all'],
      ['commit', '--quiet', '--message', 'start'],
    ])
      this.git(...args);
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.folder, env: this.env, encoding: 'utf8' });
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** @param change gets the text as it is, and nothing for a new file */
  edit(path: string, change: (text: string) => string): void {
    const file = join(this.folder, path);
    writeFileSync(file, change(existsSync(file) ? readFileSync(file, 'utf8') : ''));
  }

  type(commands: string): Promise<Typed> {
    return typed(commands, { cwd: this.folder, env: this.env });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private copyFiles(): void {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const files = execFileSync('git', args, { encoding: 'utf8' }).split('\0');
    for (const file of files.filter((name) => name !== '' && existsSync(name))) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(file, join(this.folder, file));
    }
  }

  /** `npm ci` takes half a minute, and CI does it before this. Packages of this repository are those of the copy. */
  private linkModules(): void {
    const into = join(this.folder, 'node_modules');
    mkdirSync(into);
    for (const name of readdirSync('node_modules')) {
      if (WRITTEN_BY_TOOLS.has(name)) continue;
      if (name === '@onesession')
        cpSync(`node_modules/${name}`, join(into, name), { recursive: true, verbatimSymlinks: true });
      else symlinkSync(resolve('node_modules', name), join(into, name));
    }
  }
}
