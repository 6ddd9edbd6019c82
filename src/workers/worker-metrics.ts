import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { Unavailable } from '../shared/domain-error.js';

/** A worker asks the primary for the metrics of all workers. */
interface MetricsRequest {
  readonly metricsOf: number;
}

export interface MetricsAnswer {
  readonly metricsFor: number;
  /** Absent: a worker did not tell its metrics in time; one that starts can't yet. */
  readonly text?: string;
}

const LONGEST_WAIT_MS = 6_000;

const has = (message: unknown, name: string): boolean =>
  typeof message === 'object' && message !== null && name in message;

export const isMetricsRequest = (message: unknown): message is MetricsRequest => has(message, 'metricsOf');

const isMetricsAnswer = (message: unknown): message is MetricsAnswer => has(message, 'metricsFor');

const notAll = (): Unavailable => new Unavailable('Not all workers have told their metrics; try again');

let requests = 0;

/** Prometheus scrapes one port: whichever worker takes the request answers for all of them. */
export async function metricsOfAll(registry: Registry): Promise<string> {
  const { worker } = cluster;
  if (!worker) return registry.metrics();
  const metricsOf = (requests += 1);
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(late);
      worker.off('message', hear);
    };
    const hear = (message: unknown): void => {
      if (!isMetricsAnswer(message) || message.metricsFor !== metricsOf) return;
      settle();
      if (message.text === undefined) reject(notAll());
      else resolve(message.text);
    };
    const late = setTimeout(() => {
      settle();
      reject(notAll());
    }, LONGEST_WAIT_MS);
    worker.on('message', hear);
    const request: MetricsRequest = { metricsOf };
    worker.send(request);
  });
}

/** Lets the primary read this registry, where there is a primary. Making an aggregator is what answers it. */
export function shareMetrics(
  registry: Registry,
): AggregatorRegistry<'text/plain; version=0.0.4; charset=utf-8'> | undefined {
  if (!cluster.isWorker) return undefined;
  AggregatorRegistry.setRegistries(registry);
  return new AggregatorRegistry();
}
