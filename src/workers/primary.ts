import cluster, { type Worker } from 'node:cluster';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AggregatorRegistry } from 'prom-client';
import type { Config } from '../config/config.schema.js';
import { isMetricsRequest, type MetricsAnswer } from './worker-metrics.js';

/** The pause before a lost worker is replaced; it doubles while workers are lost one soon after the other. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A worker that lived this long did not fail at its start. */
const STABLE_MS = 60_000;
/** What a worker is told of, and stops at (`service.ts`). */
const STOPS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export const workerCount = ({ WORKERS }: Pick<Config, 'WORKERS'>): number =>
  WORKERS === 'auto' ? availableParallelism() : WORKERS;

/**
 * The process that starts the workers, replaces those that are lost, and passes signals on. It serves no request: the
 * workers share the port, and the system or Node spreads connections over them.
 */
export class Primary {
  private readonly metrics = new AggregatorRegistry();
  private stopping = false;
  /** Until a worker has listened, the exit of a worker is the exit of the service. */
  private isFirst = true;
  private pauseMs = FIRST_PAUSE_MS;
  private exitCode = 0;
  private readonly ended = Promise.withResolvers<void>();

  constructor(
    private readonly count: number,
    private readonly log: Logger,
  ) {}

  /**
   * Starts one worker, and the others once it listens: what is wrong with the configuration or the store is told once.
   * @returns the exit code, when all workers are gone
   */
  async run(): Promise<number> {
    cluster.on('message', (worker, message: unknown) => void this.answer(worker, message));
    for (const signal of STOPS) process.on(signal, () => this.stop(signal));
    cluster.on('exit', (worker, code: number | null, signal: string | null) => {
      if (!this.stopping && !this.isFirst) {
        void this.replace(worker, code, signal);
        return;
      }
      // A worker that is stopped before it listens for signals ends by the signal itself.
      const isStopped = this.stopping && STOPS.some((one) => one === signal);
      this.exitCode = Math.max(this.exitCode, code ?? (isStopped ? 0 : 1));
      this.endWithoutWorkers();
    });
    cluster.once('listening', () => this.startOthers());
    cluster.fork();
    await this.ended.promise;
    return this.exitCode;
  }

  private startOthers(): void {
    this.isFirst = false;
    for (let started = 1; started < this.count; started += 1) cluster.fork();
    this.log.info({ workers: this.count }, 'workers share the port');
  }

  private async replace(lost: Worker, code: number | null, signal: string | null): Promise<void> {
    const pauseMs = this.pauseMs;
    this.pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    this.log.error({ worker: lost.id, code, signal, pauseMs }, 'a worker was lost; another takes its place');
    await pause(pauseMs);
    if (this.stopping) return;
    const next = cluster.fork();
    const isStable = setTimeout(() => (this.pauseMs = FIRST_PAUSE_MS), STABLE_MS).unref();
    next.once('exit', () => clearTimeout(isStable));
  }

  /** Each worker drains, and ends; a second signal ends it at once. */
  private stop(signal: NodeJS.Signals): void {
    this.stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
    // All may be lost at the moment, and none replaced yet.
    this.endWithoutWorkers();
  }

  private endWithoutWorkers(): void {
    if (Object.keys(cluster.workers ?? {}).length === 0) this.ended.resolve();
  }

  private async answer(worker: Worker, message: unknown): Promise<void> {
    if (!isMetricsRequest(message)) return;
    const text = await this.metrics.clusterMetrics().catch(() => undefined);
    const answer: MetricsAnswer = { metricsFor: message.metricsOf, ...(text !== undefined && { text }) };
    if (worker.isConnected()) worker.send(answer);
  }
}
