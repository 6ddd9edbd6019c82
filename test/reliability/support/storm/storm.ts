import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { StormPlan, StormReport } from './protocol.js';

const GENERATOR = resolve('test/reliability/support/storm/generator.ts');

/** Runs a storm in a process of its own, which ends with it or with the test. */
export async function storm(plan: StormPlan): Promise<StormReport> {
  const generator = fork(GENERATOR, { execArgv: [] });
  const answer = Promise.race([
    once(generator, 'message'),
    once(generator, 'exit').then(([code]) => {
      throw new Error(`the generator ended with code ${code}`);
    }),
  ]);
  generator.send(plan);
  const [report]: readonly StormReport[] = await answer;
  if (!report) throw new Error('the generator said nothing');
  return report;
}
