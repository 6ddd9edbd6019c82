import type { TestProject } from 'vitest/node';
import { type ReplicaSet, startReplicaSet } from '../../support/mongo/mongod.js';

declare module 'vitest' {
  interface ProvidedContext {
    mongoUri: string;
  }
}

let set: ReplicaSet | undefined;

/** A set of three that all files share; those that take members away start one of their own. */
export async function setup({ provide }: TestProject): Promise<void> {
  const given = process.env.MONGODB_URI;
  if (!given) set = await startReplicaSet(3, { electionTimeoutMillis: 10_000 });
  provide('mongoUri', given ?? set?.uri ?? '');
}

export async function teardown(): Promise<void> {
  await set?.stop();
}
