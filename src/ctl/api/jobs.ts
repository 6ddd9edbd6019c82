import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Progress } from '../io/progress.js';
import type { Service } from './service.js';

const POLL_MS = 500;

const job = z.looseObject({
  state: z.enum(['running', 'done']),
  done: z.number(),
  total: z.number().optional(),
});

export type Job = z.infer<typeof job>;

/** Polls until the job is done. The job continues even if this program ends. */
export async function followJob(service: Service, path: string, progress: Progress): Promise<Job> {
  for (;;) {
    const seen = job.parse(await service.get(path));
    progress.show(seen.done, seen.total);
    if (seen.state === 'done') {
      progress.end();
      return seen;
    }
    await pause(POLL_MS);
  }
}
