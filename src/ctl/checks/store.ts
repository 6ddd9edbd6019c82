import { existsSync, statSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../config/config.schema.js';
import { reasonOf } from '../../shared/system-error.js';
import { DataFileDamaged, expectDataFile } from '../../storage/embedded/store/data-file.js';
import { isOwned } from '../../storage/embedded/store/ownership.js';
import { failed, type Finding, ok } from './check.js';
import { spaceFinding } from './space.js';

/** The store that the environment names, looked at directly. Nothing is written. */
export async function checkStore(config: Config): Promise<readonly Finding[]> {
  if (config.MONGODB_URI === undefined) return checkEmbedded(config.DATA_DIR);
  // Loaded only for MongoDB, because the driver takes a while to load.
  const { checkMongo } = await import('./store-mongo.js');
  return checkMongo(config.MONGODB_URI);
}

async function checkEmbedded(folder: string): Promise<readonly Finding[]> {
  const there = existsSync(folder);
  const place = there ? folder : nearest(resolve(folder));
  return [await checkFolder(folder, place, there), await checkDisk(place, sizeOf(folder))];
}

async function checkFolder(folder: string, place: string, there: boolean): Promise<Finding> {
  const advice = 'Set DATA_DIR to a folder that the user of the service owns and may write to';
  if (!statSync(place).isDirectory()) return failed('store', `${place} is a file, not a folder`, advice);
  try {
    await access(place, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return failed('store', `this user may not write to ${place} (${reasonOf(error)})`, advice);
  }
  const damage = damageOf(folder);
  if (damage !== undefined)
    return failed('store', damage, 'Move the folder away and restore a backup (docs/backup.md)');
  if (!there) return ok('store', `${folder} is made at the first start`);
  return ok('store', `${folder} is ${(await isOwned(folder)) ? 'open in a running service' : 'not open'}`);
}

function damageOf(folder: string): string | undefined {
  try {
    expectDataFile(folder);
    return undefined;
  } catch (error) {
    if (error instanceof DataFileDamaged) return `${folder}: ${error.message}`;
    throw error;
  }
}

async function checkDisk(folder: string, stored: number): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return spaceFinding({ free: bavail * bsize, whole: blocks * bsize, stored });
}

function sizeOf(folder: string): number {
  const file = join(folder, 'data.mdb');
  return existsSync(file) ? statSync(file).size : 0;
}

/** The closest folder above that is there. */
const nearest = (folder: string): string => (existsSync(folder) ? folder : nearest(dirname(folder)));
