import { spawn } from 'node:child_process';
import { once } from 'node:events';

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

/** Types commands into a shell that ends at the first one that fails. */
export async function typed(commands: string, { env, cwd, onOut }: TypeOptions = {}): Promise<Typed> {
  const { PATH, HOME } = process.env;
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
