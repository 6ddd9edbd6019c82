import { z } from 'zod';
import { wholeNumber } from './values.ts';

/** Which store is used, and where it is. */
export const storeSettings = {
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional()
    .describe(
      'Connection string of MongoDB, which is then the store. If not set, the embedded store is used.',
    ),
  DATA_DIR: z.string().min(1).default('./data').describe('Folder of the embedded store.'),
  EMBEDDED_CACHE_BYTES: wholeNumber(0, 2 ** 40)
    .default(67_108_864)
    .describe(
      'Memory in bytes, approximately, for decoded rows of the embedded store; a session takes about 5 kB. 0 keeps none.',
    ),
};
