import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '4.32.5';
const HOME = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'onesession',
  `schemathesis-${VERSION}`,
);
const TOOL = join(HOME, 'bin', 'st');
const REPORTS = resolve('reports/fuzz');

const run = promisify(execFile);

/** A Python virtual environment outside the repository. It is made once. */
export async function installSchemathesis(): Promise<void> {
  if (existsSync(TOOL)) return;
  await run('python3', ['-m', 'venv', HOME]);
  await run(join(HOME, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`]);
}

export interface Fuzzing {
  readonly name: string;
  readonly url: string;
  /** Where each of the names in `[auth.wfc]` logs in. */
  readonly desk: string;
  /** The maximum number of examples per operation and phase. */
  readonly examples: number;
}

export interface Outcome {
  readonly cases: number;
  readonly failures: number;
}

/** Routes for machines that probe the service. They take no credentials and no input. */
const LEFT_OUT = '^/(health|metrics)';

/** What it found is in `reports/fuzz/<name>.txt`, with a curl line for each. */
export async function fuzz({ name, url, desk, examples }: Fuzzing): Promise<Outcome> {
  mkdirSync(REPORTS, { recursive: true });
  const options = {
    '--url': url,
    '--phases': 'examples,coverage,fuzzing,stateful',
    '--max-examples': examples,
    '--checks': 'all',
    '--exclude-path-regex': LEFT_OUT,
    '--seed': 1,
    '--workers': 1,
    '--request-timeout': 10,
    // Slow answers are not reported, because the machine may be busy.
    '--suppress-health-check': 'too_slow',
    '--warnings': 'off',
    '--report': 'junit',
    '--report-junit-path': join(REPORTS, `${name}.xml`),
  };
  const flags = ['--generation-deterministic', '--continue-on-failure', '--no-color'];
  const named = Object.entries(options).flat().map(String);
  const args = [
    '--config-file',
    'test/fuzz/schemathesis.toml',
    'run',
    'openapi/openapi.json',
    ...named,
    ...flags,
  ];
  const output = join(REPORTS, `${name}.txt`);
  const log = createWriteStream(output);
  const env = { ...process.env, FUZZ_LOGINS: writeLogins(name, desk) };
  const child = spawn(TOOL, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  await once(child, 'close');
  return outcomeOf(readFileSync(output, 'utf8'), child.exitCode);
}

/** In the format of Web Fuzzing Commons. With a login, a token that a request ended is followed by a new one. */
function writeLogins(name: string, desk: string): string {
  const token = { extractFrom: 'body', extractSelector: '/access_token' };
  const sent = { sendIn: 'header', sendName: 'Authorization', sendTemplate: 'Bearer {token}' };
  const auth = ['caller', 'other', 'stranger'].map((user) => ({
    name: user,
    loginEndpointAuth: { verb: 'POST', externalEndpointURL: `${desk}/${user}`, token: { ...token, ...sent } },
  }));
  const file = join(REPORTS, `${name}-logins.json`);
  writeFileSync(file, JSON.stringify({ auth }));
  return file;
}

/** @throws Error - it could not run at all */
function outcomeOf(text: string, exitCode: number | null): Outcome {
  const cases = Number(/([\d,]+) generated/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
  const failures = Number(/([\d,]+) found (\d+) unique failures/.exec(text)?.[2] ?? 0);
  if (cases === 0) throw new Error(`schemathesis ended with ${exitCode}:\n${text.slice(-2_000)}`);
  return { cases, failures: failures === 0 && exitCode !== 0 ? 1 : failures };
}
