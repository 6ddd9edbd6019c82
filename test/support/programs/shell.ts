import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';

/** How commands ended, and what they printed. */
export interface Typed {
  readonly code: number | null;
  /** On standard output. */
  readonly out: string;
  /** On both outputs. */
  readonly said: string;
}

export interface TypeOptions {
  /** All that the shell knows besides `PATH` and `HOME`. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Told all that was printed so far, each time that there is more. */
  readonly onOut?: (out: string) => void;
}

/** `node` is the one that runs this. */
const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;

/** Starts a server by its command, with its standard output piped. Its process is that of the command. */
export const started = (command: string, env: NodeJS.ProcessEnv): ChildProcess =>
  spawn('bash', ['-c', `exec env ${command}`], {
    env: { PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Types commands into a shell that ends at the first one that fails. */
export async function typed(commands: string, { env, cwd, onOut }: TypeOptions = {}): Promise<Typed> {
  const { HOME } = process.env;
  const shell = spawn('bash', ['-euo', 'pipefail', '-s'], {
    env: { PATH, HOME, ...env },
    ...(cwd !== undefined && { cwd }),
    stdio: 'pipe',
  });
  let [out, said] = ['', ''];
  shell.stdout.on('data', (text: Buffer) => {
    out += text;
    said += text;
    onOut?.(out);
  });
  shell.stderr.on('data', (text: Buffer) => (said += text));
  shell.stdin.end(commands);
  const [code] = (await once(shell, 'close')) as [number | null];
  return { code, out, said };
}
