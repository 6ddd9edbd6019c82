import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
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

/** In a folder of its own, outside of the repository: made once, by Python's own means. */
export async function installSchemathesis(): Promise<void> {
  if (existsSync(TOOL)) return;
  await run('python3', ['-m', 'venv', HOME]);
  await run(join(HOME, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`]);
}

export interface Fuzzing {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  /** Most examples of one operation in a phase. */
  readonly examples: number;
  readonly seconds: number;
}

export interface Outcome {
  readonly cases: number;
  readonly failures: number;
}

/** What ends the session of whoever calls would leave the rest of a run with nothing but 401. */
const LEFT_OUT =
  'logout|refreshauthtoken|anonymous/refresh|password/change|password/reset/update|email/change|^/(health|metrics)';

/** What it found is in `reports/fuzz/<name>.txt`, with a curl line for each. */
export async function fuzz({ name, url, token, examples, seconds }: Fuzzing): Promise<Outcome> {
  mkdirSync(REPORTS, { recursive: true });
  const options = {
    '--url': url,
    '--header': `Authorization: Bearer ${token}`,
    '--phases': 'examples,coverage,fuzzing,stateful',
    '--max-examples': examples,
    '--checks': 'all',
    // A good body is refused when what it names is not there, which no schema tells.
    '--exclude-checks': 'positive_data_acceptance,missing_required_header',
    '--exclude-path-regex': LEFT_OUT,
    '--seed': 1,
    '--workers': 1,
    '--request-timeout': 10,
    '--max-time': seconds,
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
  const child = spawn(TOOL, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  await once(child, 'close');
  return outcomeOf(readFileSync(output, 'utf8'), child.exitCode);
}

/** @throws Error - it could not run at all */
function outcomeOf(text: string, exitCode: number | null): Outcome {
  const cases = Number(/([\d,]+) generated/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
  const failures = Number(/([\d,]+) found (\d+) unique failures/.exec(text)?.[2] ?? 0);
  if (cases === 0) throw new Error(`schemathesis ended with ${exitCode}:\n${text.slice(-2_000)}`);
  return { cases, failures: failures === 0 && exitCode !== 0 ? 1 : failures };
}
