import { FatalWrites, storeOf } from '../programs/fatal-writes.js';
import { erasuresOf } from './erasures-of.js';

/**
 * A program that erases a person and kills itself, as `kill -9` would, right after the n-th write of the store.
 * Its environment: `ERASED` (the customer's id), `WRITES` (n), and `MONGODB_URI` or `DATA_DIR`.
 */
const { ERASED = '', WRITES = '' } = process.env;

const WRITING: ReadonlySet<string> = new Set([
  'save',
  'remove',
  'replace',
  'overwriteRemoved',
  'change',
  'create',
]);

const writes = new FatalWrites(WRITING, 'done');
writes.countTo(Number(WRITES));
const storage = await storeOf(process.env);
await erasuresOf(storage, writes.counted).erase('acme', ERASED);
await storage.close();
