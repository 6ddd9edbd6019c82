import cluster from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './app.setup.js';
import {
  type Bootstrap,
  BootstrapService,
  isExposed,
  readBootstrap,
  refusePublishedSecrets,
  StoredDemoData,
} from './bootstrap/index.js';
import { readCommandLine } from './config/command-line.js';
import { type Config, readConfig, settingHints, WrongConfiguration } from './config/config.schema.js';
import { greeting } from './greeting.js';
import { adminAddressOf } from './http/edge/admin-server.js';
import { BACKLOG } from './http/edge/servers.js';
import { LiveStreams } from './live/index.js';
import { createPino, openTracing, PinoLogger, Readiness } from './observability/index.js';
import { SystemClock } from './shared/clock.js';
import { StoreUnavailable } from './shared/domain-error.js';
import type { Tracing } from './shared/tracing.js';
import { VERSION } from './shared/version.js';
import { openStorage } from './storage/open-storage.js';
import { unusableAddress } from './unusable-address.js';

const RETRY_MS = 1000;
const DRAIN_PARTS = 10;
const SAME_SIGNAL_MS = 500;

async function main(): Promise<void> {
  const page = readCommandLine(process.argv.slice(2));
  if (page !== undefined) {
    process.stdout.write(page);
    return;
  }
  const config = readConfig(process.env);
  const declared = await readBootstrap(config);
  refusePublishedSecrets(config, declared);
  const tracing = await openTracing(config);
  const pino = createPino(config, { tracing });
  // Used until Nest has a logger, because the store connects first.
  Logger.overrideLogger(new PinoLogger(pino));
  if (isFirstWorker()) warnOfHints();
  const storage = await openStorage(config, { tracing });
  const app = await createApp({ config, storage, clock: new SystemClock(), tracing }, pino);
  stopOnSignal(app, config, tracing);
  const loaded = await loadIfStoreAnswers(app, config, declared);
  await listen(app, config);
  if (!loaded) await loadWhenStoreAnswers(app, config, declared);
  app.get(Readiness).state = 'serving';
  const addresses = { url: await app.getUrl(), admin: adminAddressOf(app.getHttpAdapter().getInstance()) };
  if (!isFirstWorker()) return;
  // In production, each line of the output is an entry of the log.
  if (config.NODE_ENV === 'production')
    new Logger('Service').log({ ...addresses, version: VERSION, store: storage.driver }, 'serving');
  else process.stdout.write(greeting(addresses, config, declared));
}

function warnOfHints(): void {
  for (const { field, message } of settingHints(process.env))
    new Logger('Configuration').warn(`${field} ${message}`);
}

/** The only process, or the one of several workers that tells where the service listens. */
const isFirstWorker = (): boolean => (cluster.worker?.id ?? 1) === 1;

/** @throws WrongConfiguration if the operator must choose another port or host */
async function listen(app: NestFastifyApplication, config: Config): Promise<void> {
  try {
    await app.listen({ port: config.PORT, host: config.HOST, backlog: BACKLOG });
  } catch (error) {
    throw (await unusableAddress(error, config)) ?? error;
  }
}

/** Waits for a store that is unavailable. Until it answers, the service is live but not ready. */
async function loadWhenStoreAnswers(
  app: NestFastifyApplication,
  config: Config,
  declared: Bootstrap | undefined,
): Promise<void> {
  do await pause(RETRY_MS);
  while (!(await loadIfStoreAnswers(app, config, declared)));
}

/** @returns false if the store is unavailable */
async function loadIfStoreAnswers(
  app: NestFastifyApplication,
  config: Config,
  declared: Bootstrap | undefined,
): Promise<boolean> {
  try {
    await app.get(BootstrapService).load(declared);
    if (isExposed(config)) await app.get(StoredDemoData).refuse();
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}

/**
 * On SIGTERM and SIGHUP, reports not ready and closes each connection after its next response; after the drain time,
 * waits for requests in flight and exits. Without the drain, a request that a client is just sending on a kept-alive
 * connection would meet a closed socket. A second signal exits at once.
 */
function stopOnSignal(app: NestFastifyApplication, config: Config, tracing: Tracing): void {
  const stop = async (drainSeconds: number): Promise<void> => {
    exitOnNextSignal();
    app.get(Readiness).state = 'stopping';
    // Their readers resume elsewhere; they have no end of their own to wait for.
    app.get(LiveStreams).stop();
    const late = setTimeout(
      () => process.exit(1),
      (drainSeconds + config.SHUTDOWN_GRACE_SECONDS) * 1000,
    ).unref();
    // Waits in parts: while the process is stalled, nobody learns that it is stopping, so a stall should count as one
    // part.
    for (let part = 0; part < DRAIN_PARTS; part += 1) await pause((drainSeconds * 1000) / DRAIN_PARTS);
    await app.close();
    // All requests are answered, so a collector that hangs does not make the stop a failure.
    clearTimeout(late);
    await tracing.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop(config.DRAIN_SECONDS));
  // A person at a keyboard does not want to wait for the drain.
  process.once('SIGINT', () => void stop(0));
  // The terminal is gone, or somebody expects the settings to be read again: a start does that.
  process.once('SIGHUP', () => void stop(config.DRAIN_SECONDS));
}

/**
 * Under npm, one Ctrl-C reaches the service twice: from the terminal, and passed on by npm. Only a later signal counts
 * as a second one (F-42).
 */
function exitOnNextSignal(): void {
  const heardAt = performance.now();
  const exit = (): void => {
    if (performance.now() - heardAt > SAME_SIGNAL_MS) process.exit(1);
  };
  process.on('SIGTERM', exit).on('SIGINT', exit).on('SIGHUP', exit);
}

/** Exit codes: 2 for what the operator must fix, 1 for everything else. */
main().catch((error: unknown) => {
  const operators = error instanceof WrongConfiguration;
  process.stderr.write(operators ? `${error.message}\n` : `onesession can't start: ${String(error)}\n`);
  process.exit(operators ? 2 : 1);
});
