import { Config, WrongConfiguration } from '../config/config.schema.js';
import { EmbeddedStorage } from './embedded/embedded-storage.js';
import { FolderInUse } from './embedded/ownership.js';
import type { Storage } from './storage.js';

/** The store that the configuration asks for. @throws WrongConfiguration - the operator must act */
export async function openStorage(config: Config): Promise<Storage> {
  try {
    return await EmbeddedStorage.open(config.DATA_DIR);
  } catch (error) {
    if (error instanceof FolderInUse) throw new WrongConfiguration(error.message);
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new WrongConfiguration(`DATA_DIR ${config.DATA_DIR} can not be used: ${reason}`);
  }
}
