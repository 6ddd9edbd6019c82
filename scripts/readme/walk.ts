import { spawn } from 'node:child_process';

/** A command block of the README, and the answer shown below it. */
export interface Step {
  readonly command: string;
  readonly answer: string | undefined;
}

export interface Outcome extends Step {
  readonly got: string;
  readonly passed: boolean;
}

const BLOCK = /^```(bash|json)\n([\s\S]*?)^```$/gm;

/** Returns each `bash` block with the `json` block that follows it, if there is one. */
export function stepsOf(markdown: string): readonly Step[] {
  const blocks = [...markdown.matchAll(BLOCK)].map(([, kind, text = '']) => ({ kind, text }));
  return blocks.flatMap(({ kind, text }, i) => {
    const next = blocks[i + 1];
    return kind === 'bash' ? [{ command: text, answer: next?.kind === 'json' ? next.text : undefined }] : [];
  });
}

/**
 * Replaces ids and times and normalizes the layout of JSON, which differ between runs. Everything else must be the
 * same.
 */
export const normalised = (text: string): string =>
  compact(text)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\b[0-9a-f]{24}\b/g, '<id>')
    .trim();

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

const END_OF_STEP = '--- end of step ---';

/**
 * Types all steps into one shell, as a reader would into one terminal.
 *
 * @param env what the shell knows besides
 */
export async function walk(
  markdown: string,
  url: string,
  env: NodeJS.ProcessEnv = {},
): Promise<readonly Outcome[]> {
  const steps = stepsOf(markdown.replaceAll('http://127.0.0.1:3000', url));
  const script = steps.map(({ command }) => `${command}\necho\necho '${END_OF_STEP}'\n`).join('');
  const printed = (await run(script, env)).split(END_OF_STEP);
  return steps.map((step, i) => {
    const got = printed[i] ?? '';
    const passed = step.answer === undefined || normalised(got) === normalised(step.answer);
    return { ...step, got: got.trim(), passed };
  });
}

function run(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  const shell = spawn('bash', ['-s'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let printed = '';
  shell.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  shell.stdin.end(script);
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', () => resolve(printed));
  });
}
