import type { TestProject } from 'vitest/node';
import { FORGETS_DROPPED_DATABASES, startMongod } from './mongod.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A replica set that the whole run shares. Each test file uses its own database name. */
    mongoUri: string;
  }
}

/** Vitest requires a default export. It returns the teardown. */
export default async function ({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.MONGODB_URI;
  if (given) {
    provide('mongoUri', given);
    return undefined;
  }
  const mongod = await startMongod({ args: FORGETS_DROPPED_DATABASES });
  provide('mongoUri', mongod.uri);
  return () => mongod.stop();
}
