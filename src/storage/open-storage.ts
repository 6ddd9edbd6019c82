import { type Config, WrongConfiguration } from '../config/config.schema.js';
import { reasonOf } from '../shared/system-error.js';
import { NO_TRACING, type Tracing } from '../shared/tracing.js';
import { EmbeddedStorage } from './embedded/embedded-storage.js';
import { DataFileDamaged } from './embedded/store/data-file.js';
import { FolderInUse } from './embedded/store/ownership.js';
import type { Storage } from './storage.js';

interface OpenOptions {
  /** Whether it works by itself in the background, as the store of a service does. */
  readonly serves?: boolean;
  readonly tracing?: Tracing;
}

/** The store that the configuration asks for. @throws WrongConfiguration - the operator must act */
export function openStorage(config: Config, options: OpenOptions = {}): Promise<Storage> {
  return config.MONGODB_URI === undefined ? openEmbedded(config) : openMongo(config.MONGODB_URI, options);
}

/** A store that is unavailable does not prevent the start: the service waits for it. */
async function openMongo(
  uri: string,
  { serves = true, tracing = NO_TRACING }: OpenOptions,
): Promise<Storage> {
  // Loaded only if it is used: loading the driver takes a third of the time that a start on the embedded store takes.
  const { MongoStorage } = await import('./mongo/mongo-storage.js');
  const storage = MongoStorage.open(uri, tracing);
  try {
    await storage.prepare();
    if (serves) storage.update();
    return storage;
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function openEmbedded({ DATA_DIR: folder, EMBEDDED_CACHE_BYTES: bytes }: Config): Promise<Storage> {
  try {
    return await EmbeddedStorage.open(folder, bytes);
  } catch (error) {
    if (error instanceof WrongConfiguration) throw error;
    if (error instanceof FolderInUse) throw new WrongConfiguration(error.message);
    if (error instanceof DataFileDamaged) {
      throw new WrongConfiguration(
        `DATA_DIR ${folder} can not be used: ${error.message}. Move the folder away and restore a backup ` +
          '(docs/backup.md), or set DATA_DIR to one that is not there yet, for an empty store',
      );
    }
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw new WrongConfiguration(
        `DATA_DIR ${folder} can not be used: ${reasonOf(error)}. Make room, or move the folder to a larger disk`,
      );
    }
    throw new WrongConfiguration(
      `DATA_DIR ${folder} can not be used: ${isFile(error) ? 'a file is in its place' : reasonOf(error)}. ` +
        'Set DATA_DIR to a folder that this user owns and may write to, or to one that is not there yet',
    );
  }
}

/** Making the folder found a file at its path, or above it. */
const isFile = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOTDIR');
