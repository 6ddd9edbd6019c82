import { hash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { type Config, readConfig } from '../config/config.schema.js';
import { openStorage } from '../storage/open-storage.js';
import type { Storage } from '../storage/storage.js';
import { customerLineOf, type OtherSystem } from './converters.js';
import { exportStore } from './export.js';
import { importFile, type Results } from './import-file.js';
import { DryImports, StoreImports } from './import.js';
import type { Counts } from './moved.types.js';

interface Options {
  readonly checkpoint?: string;
  readonly dryRun?: boolean;
  readonly onProgress: (done: number, total?: number) => void;
}

/** @param env settings of the service @throws MovingRefused | WrongConfiguration | StoreUnavailable */
export function exportToFile(
  env: NodeJS.ProcessEnv,
  file: string,
  { tenant, dryRun, ...options }: Options & { readonly tenant?: readonly string[]; readonly keys: boolean },
): Promise<Counts> {
  return withStore(env, async (storage) => {
    const tenants = tenant ?? (await storage.tenants.names());
    return exportStore(storage, { ...options, ...(!dryRun && { file }), tenants, now: new Date() });
  });
}

/** @param env settings of the service @throws MovingRefused | WrongConfiguration | StoreUnavailable */
export function importFromFile(
  env: NodeJS.ProcessEnv,
  file: string,
  options: Options & { readonly from?: OtherSystem; readonly tenant?: string },
): Promise<Results> {
  const { dryRun, from, tenant = '', checkpoint = `${file}.checkpoint`, onProgress } = options;
  return withStore(env, (storage, config) => {
    const now = new Date();
    const imports = new (dryRun ? DryImports : StoreImports)(storage, config, now);
    return importFile(imports, {
      file,
      ...(!dryRun && { checkpoint }),
      store: nameOf(config),
      now,
      ...(from && { convert: (line: string) => customerLineOf(from, tenant, line) }),
      onProgress,
    });
  });
}

async function withStore<T>(
  env: NodeJS.ProcessEnv,
  use: (storage: Storage, config: Config) => Promise<T>,
): Promise<T> {
  // Silent, because the store's log lines are not part of the result.
  Logger.overrideLogger(false);
  const config = readConfig(env);
  const storage = await openStorage(config, { serves: false });
  try {
    return await use(storage, config);
  } finally {
    await storage.close();
  }
}

/** Hashed, because an address may have a password in it. */
const nameOf = ({ MONGODB_URI, DATA_DIR }: Config): string =>
  hash('sha256', MONGODB_URI ?? realpathSync(DATA_DIR), 'hex');
