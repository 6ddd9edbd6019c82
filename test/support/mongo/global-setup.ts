import type { TestProject } from 'vitest/node';
import { startMongod } from './mongod.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A replica set that the whole run shares: each test file uses a database name of its own. */
    mongoUri: string;
  }
}

/** Vitest asks for a default export. What it returns is the teardown. */
export default async function ({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.MONGODB_URI;
  if (given) {
    provide('mongoUri', given);
    return undefined;
  }
  const mongod = await startMongod();
  provide('mongoUri', mongod.uri);
  return () => mongod.stop();
}
