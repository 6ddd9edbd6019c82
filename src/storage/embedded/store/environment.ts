/** Named tables that one environment can hold; LMDB wants to know before the first is opened. */
const MAX_TABLES = 128;

/** Always a folder: by itself, lmdb takes a name with a dot in it for that of a file (F-40). */
export const ENVIRONMENT = { noSubdir: false, maxDbs: MAX_TABLES, encoding: 'binary' } as const;

/** The file of an environment's data, in its folder. */
export const DATA_FILE = 'data.mdb';
