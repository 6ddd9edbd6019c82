import { existsSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FolderInUse, type Ownership, takeOwnership } from '../../src/storage/embedded/store/ownership.ts';
import { ResetRefused, type ResettableStore } from './store.ts';

/** All that the embedded store writes, beside the socket of its owner. */
const FILES: ReadonlySet<string> = new Set(['data.mdb', 'lock.mdb']);
const SOCKET = 'owner.sock';

/** @throws ResetRefused - a service uses the folder, or it holds something else */
export async function embeddedStore(folder: string): Promise<ResettableStore> {
  const name = `DATA_DIR ${folder}`;
  if (!existsSync(folder)) {
    return { name, contents: [], remove: async () => undefined, close: async () => undefined };
  }
  const found = readdirSync(folder).filter((file) => file !== SOCKET);
  const foreign = found.filter((file) => !FILES.has(file));
  if (foreign.length > 0) {
    throw new ResetRefused(
      `${name} holds files that are not the store's, such as ${foreign[0]}: nothing was removed`,
    );
  }
  const ownership = await own(folder);
  return {
    name,
    contents: found.map((file) => `${file} (${statSync(join(folder, file)).size} bytes)`),
    remove: async () => {
      for (const file of found) rmSync(join(folder, file));
      await ownership.release();
      rmSync(join(folder, SOCKET), { force: true });
      rmdirSync(folder);
    },
    close: () => ownership.release(),
  };
}

async function own(folder: string): Promise<Ownership> {
  try {
    return await takeOwnership(folder);
  } catch (error) {
    if (error instanceof FolderInUse) {
      throw new ResetRefused(`A service is running on DATA_DIR ${folder}: stop it first`);
    }
    throw error;
  }
}
