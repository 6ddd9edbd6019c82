import cluster from 'node:cluster';
import { readConfig, WrongConfiguration } from '../config/config.schema.js';
import { createPino } from '../observability/pino.logger.js';
import { Primary, workerCount } from './primary.js';

/**
 * Runs the workers, if the configuration asks for more than one and this is not one of them.
 * @returns false when this process is to serve requests itself
 */
export async function runWorkers(): Promise<boolean> {
  if (cluster.isWorker) return false;
  try {
    const config = readConfig(process.env);
    const count = workerCount(config);
    if (count === 1) return false;
    process.exitCode = await new Primary(count, createPino(config)).run();
    return true;
  } catch (error) {
    if (!(error instanceof WrongConfiguration)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
    return true;
  }
}
