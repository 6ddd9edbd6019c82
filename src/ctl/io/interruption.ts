import { note, type OutputOptions } from './output.js';

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Does work that may be interrupted at any moment, and goes on when it is repeated. An interruption says so in the words of
 * `told`, and ends the program by the signal that it came by, as a shell expects (exit code 130 or 143).
 */
export async function interruptible<T>(
  options: OutputOptions,
  told: () => string,
  work: () => Promise<T>,
): Promise<T> {
  const stop = (signal: keyof typeof SIGNALS): void => {
    const message = told();
    note(options.json ? JSON.stringify({ error: { exitCode: SIGNALS[signal], message } }) : message);
    end();
    process.kill(process.pid, signal);
  };
  const end = (): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    return await work();
  } finally {
    end();
  }
}
