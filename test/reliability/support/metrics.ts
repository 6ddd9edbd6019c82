import type { Endpoint } from './http-client.js';

/** What an instance tells at `/metrics`. @returns the sum over all labels */
export async function metric(to: Endpoint, name: string): Promise<number> {
  const { body } = await to.send({ method: 'GET', path: '/metrics' });
  const lines = String(body).split('\n');
  const values = lines.filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/**
 * Milliseconds by which the event loop was late at most since this was last asked, as `perf_hooks` measures it in the
 * process: 10 ms of it are its own interval.
 */
export const longestDelay = async (to: Endpoint): Promise<number> =>
  (await metric(to, 'nodejs_eventloop_lag_max_seconds')) * 1000;
