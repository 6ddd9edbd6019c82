import { BootstrapService } from './bootstrap/index.js';
import { createApp } from './app.setup.js';
import { readConfig, WrongConfiguration } from './config/config.schema.js';
import { createPino, Readiness } from './observability/index.js';
import { SystemClock } from './shared/clock.js';
import { openStorage } from './storage/open-storage.js';
import { greeting } from './greeting.js';

/** Exit codes: 2 for what the operator must put right, 1 for everything else. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const pino = createPino(config);
  const storage = await openStorage(config);
  const app = await createApp({ config, storage, clock: new SystemClock() }, pino);
  const declared = await app.get(BootstrapService).load(config);
  await app.listen(config.PORT, config.HOST);
  process.stdout.write(greeting(await app.getUrl(), config, declared));

  const stop = async (): Promise<void> => {
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
    app.get(Readiness).drain();
    setTimeout(() => process.exit(1), config.SHUTDOWN_GRACE_SECONDS * 1000).unref();
    await app.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop()).once('SIGINT', () => void stop());
}

main().catch((error: unknown) => {
  const operators = error instanceof WrongConfiguration;
  process.stderr.write(operators ? `${error.message}\n` : `onesession can not start: ${String(error)}\n`);
  process.exit(operators ? 2 : 1);
});
