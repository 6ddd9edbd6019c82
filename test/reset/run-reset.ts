import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs `scripts/reset.ts` as `npm run reset` does. */
export async function runReset(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: unknown; said: string }> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['scripts/reset.ts', ...args], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (text: Buffer): void => void (said += text.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = await once(child, 'close');
  return { code, said };
}
