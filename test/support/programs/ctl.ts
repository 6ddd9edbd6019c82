import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

/** What a command has printed, and its exit code. */
export interface Outcome {
  /** null after a signal. */
  readonly code: number | null;
  readonly out: string;
  /** On standard error. */
  readonly told: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** On standard input. */
  readonly input?: string;
  readonly cwd?: string;
  /** Called with the process once it has begun. */
  readonly onStart?: (child: ChildProcess) => void;
  /** What standard output is, if nobody reads it: a pipe that was closed, or a disk that is full. */
  readonly unread?: 'closed' | 'full';
  /** No file can grow beyond some kB, as on a disk that is full. */
  readonly onFullDisk?: boolean;
}

/** Half of it where the shell counts blocks of 512 bytes. */
const FEW_KIB = 8;

/** The built command line, run as a separate process. */
export class Ctl {
  private constructor(
    private readonly folder: string,
    /** What every run gets. The environment of the tests is not passed on. */
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static build(env: Readonly<Record<string, string>> = {}): Ctl {
    mkdirSync('reports', { recursive: true });
    const folder = mkdtempSync('reports/ctl-');
    execFileSync(process.execPath, ['scripts/build.ts', 'src/ctl/main.ts', folder]);
    return new Ctl(folder, env);
  }

  /** Signed in as the backend of the demo tenant `acme`. */
  static ofBackend(url: string): Ctl {
    return Ctl.build({
      ONESESSION_URL: url,
      ONESESSION_CLIENT_ID: 'acme-backend',
      ONESESSION_CLIENT_SECRET: 'acme-backend-secret',
    });
  }

  /** The same program in another environment. */
  with(env: Readonly<Record<string, string>>): Ctl {
    return new Ctl(this.folder, { ...this.env, ...env });
  }

  async run(
    words: readonly string[],
    { env, input, cwd, onStart, unread, onFullDisk }: RunOptions = {},
  ): Promise<Outcome> {
    const { PATH = '', HOME = '' } = process.env;
    const program = [process.execPath, join(process.cwd(), this.folder, 'main.js'), ...words];
    const limited = ['sh', '-c', `ulimit -f ${FEW_KIB}; exec "$0" "$@"`, ...program];
    const [command = '', ...args] = onFullDisk ? limited : program;
    const child = spawn(command, args, {
      env: { PATH, HOME, ...this.env, ...env },
      ...(cwd !== undefined && { cwd }),
      stdio: ['pipe', unread === 'full' ? openSync('/dev/full', 'w') : 'pipe', 'pipe'],
    });
    onStart?.(child);
    let [out, told] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => void (out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => void (told += text));
    child.stdin?.end(input);
    if (unread === 'closed') child.stdout?.destroy();
    const [code] = await once(child, 'close');
    return { code, out, told };
  }

  /** Runs a command that must succeed. @returns what it printed */
  async prints(words: readonly string[], options?: RunOptions): Promise<string> {
    const { code, out, told } = await this.run(words, options);
    expect({ code, told }, words.join(' ')).toEqual({ code: 0, told: '' });
    return out;
  }

  /** The same with `--json`. @param schema of openapi.json, which the result must have */
  async json(words: readonly string[], schema?: string, options?: RunOptions) {
    const result = JSON.parse(await this.prints([...words, '--json'], options));
    if (schema !== undefined) expectSchema(result, schema);
    return result;
  }

  /** Runs a command that must fail, as text and as JSON. @returns its message */
  async fails(words: readonly string[], code: number, options?: RunOptions): Promise<string> {
    const [asText, asJson] = await Promise.all([
      this.run(words, options),
      this.run([...words, '--json'], options),
    ]);
    expect(asText, words.join(' ')).toMatchObject({ code, out: '' });
    expect(asJson).toMatchObject({ code, out: '' });
    expect(JSON.parse(asJson.told)).toMatchObject({ error: { exitCode: code, message: expect.any(String) } });
    return asText.told;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const description = JSON.parse(readFileSync('openapi/openapi.json', 'utf8'));
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'openapi', ...description });

function expectSchema(result: unknown, schema: string): void {
  const validate = ajv.compile({ $ref: `openapi#/components/schemas/${schema}` });
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
}
