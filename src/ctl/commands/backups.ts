import type { Command } from 'commander';
import { VERSION } from '../../shared/version.js';
import { command } from '../frame/group.js';
import { CommandFailure } from '../io/command-failure.js';
import { EXIT } from '../io/exit-codes.js';
import { messageOf } from '../io/failure-of-error.js';
import { fields, type OutputOptions, show } from '../io/output.js';

interface StoreOptions extends OutputOptions {
  readonly dataDir?: string;
}

const dataDirOf = ({ dataDir }: StoreOptions): string =>
  dataDir ?? (process.env.DATA_DIR?.trim() || './data');

const BESIDE = 'Run it on the machine of the service, in its container, as its user.';

export function backupCommands(program: Command): void {
  command(program, 'backup <folder>', {
    summary: 'Copy the embedded store to a new folder, while the service runs',
    more: `${BESIDE} The copy is verified, and overwrites nothing. Keep KEYS_SECRET too, but elsewhere: the signing keys in the copy are encrypted with it.`,
    examples: [['backup /backups/2026-11-28', 'copies ./data, or the folder that DATA_DIR names']],
  })
    .option('--data-dir <folder>', 'folder of the store (DATA_DIR, ./data)')
    .action(backup);
  command(program, 'restore <folder>', {
    summary: 'Make a store of a backup',
    more: 'It verifies the backup first, and refuses a folder that holds a store or that a service uses.',
    examples: [
      ['restore /backups/2026-11-28 --data-dir /var/lib/onesession', 'before the service is started'],
    ],
  })
    .option('--data-dir <folder>', 'folder of the new store (DATA_DIR, ./data)')
    .action(restore);
}

async function backup(folder: string, options: StoreOptions): Promise<void> {
  // Loaded here, so that other commands need no native library.
  const { backUp } = await import('../../storage/embedded/backup/backup.js');
  const made = await told(backUp(dataDirOf(options), folder, { version: VERSION, now: new Date() }));
  show(options, { folder, ...made }, () => [
    `The store was copied to ${folder} and verified.`,
    ...fields({ format: made.format, bytes: made.bytes, rows: sumOf(made.rows), sha256: made.sha256 }),
  ]);
}

async function restore(folder: string, options: StoreOptions): Promise<void> {
  const { restore: restoreStore } = await import('../../storage/embedded/backup/restore.js');
  const dataDir = dataDirOf(options);
  const made = await told(restoreStore(folder, dataDir));
  show(options, { dataDir, ...made }, () => [
    `${dataDir} holds the store as it was at ${made.madeAt}: ${sumOf(made.rows)} rows.`,
    'Start the service with the KEYS_SECRET that belongs to it.',
  ]);
}

const sumOf = (rows: Readonly<Record<string, number>>): number =>
  Object.values(rows).reduce((sum, count) => sum + count, 0);

/** Whatever stops a copy is told to the operator in one sentence. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new CommandFailure(messageOf(error), EXIT.failed);
  }
}
