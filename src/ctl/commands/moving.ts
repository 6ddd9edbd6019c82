import type { Command } from 'commander';
import { Option } from 'commander';
import { command } from '../frame/group.js';
import { CommandFailure, WrongUsage } from '../io/command-failure.js';
import { EXIT } from '../io/exit-codes.js';
import { messageOf } from '../io/failure-of-error.js';
import { interruptible } from '../io/interruption.js';
import { networkReason } from '../io/network-words.js';
import { type OutputOptions, show, table } from '../io/output.js';
import { Progress } from '../io/progress.js';

interface MoveOptions extends OutputOptions {
  readonly dataDir?: string;
  readonly checkpoint?: string;
  readonly dryRun?: true;
}

interface ExportOptions extends MoveOptions {
  readonly tenant?: readonly string[];
  readonly keys: boolean;
}

interface ImportOptions extends MoveOptions {
  readonly from?: 'emporix' | 'vtex';
  readonly tenant?: string;
}

const STORE =
  'It opens the store that DATA_DIR or MONGODB_URI names, with the settings of the service. Stop the service first. docs/moving.md describes the file.';

export function movingCommands(program: Command): void {
  const exporting = command(program, 'export <file>', {
    summary: 'Write sessions, contexts, carts and customers of a store to a file of NDJSON',
    more: `${STORE} The file holds hashes of passwords and tokens: guard it as you guard a backup. If the export is interrupted, the same command goes on.`,
    examples: [
      ['export sessions.ndjson', 'all tenants, and the signing keys'],
      ['export acme.ndjson --tenant acme --dry-run', 'only counts'],
    ],
  })
    .option('--tenant <names...>', 'only these tenants')
    .option('--no-keys', 'leave out the signing keys: access tokens are refused, refresh tokens work');
  addCommon(exporting, 'FILE.checkpoint').action(exportTo);
  const importing = command(program, 'import <file>', {
    summary: 'Add sessions, contexts, carts and customers from a file to a store',
    more: `${STORE} It overwrites nothing. If the import is interrupted, the same command goes on. Do that before you start the service.`,
    examples: [
      ['import sessions.ndjson --dry-run', 'checks each line, and counts what would be added'],
      ['import sessions.ndjson', 'nobody is logged out'],
      ['import customers.ndjson --from emporix --tenant acme', 'a customer of Emporix in each line'],
    ],
  })
    .addOption(
      new Option('--from <system>', 'each line is a customer of this system').choices(['emporix', 'vtex']),
    )
    .option('--tenant <name>', 'whose customers they become, with --from');
  addCommon(importing, 'FILE.checkpoint').action(importFrom);
}

const addCommon = (words: Command, checkpoint: string): Command =>
  words
    .option('--data-dir <folder>', 'folder of the embedded store (DATA_DIR, ./data)')
    .option('--checkpoint <file>', `remembers how far it got (${checkpoint})`)
    .option('--dry-run', 'count, and write nothing');

async function exportTo(file: string, options: ExportOptions): Promise<void> {
  if (file === '-')
    throw new WrongUsage('An export needs a file, because it goes on in it if it is interrupted');
  const progress = new Progress('records exported');
  const counts = await told(
    options,
    () => stoppedAt(progress, 'export', options),
    async () => {
      const { exportToFile } = await loadMoving();
      return exportToFile(envOf(options), file, { ...options, onProgress: (done) => progress.show(done) });
    },
  );
  progress.end();
  show(options, { ...(options.dryRun ? { dryRun: true } : { file }), counts }, () => [
    options.dryRun ? 'This would be exported:' : `${file} holds:`,
    ...table(['WHAT', 'RECORDS'], Object.entries(counts)),
  ]);
}

async function importFrom(file: string, options: ImportOptions): Promise<void> {
  if ((options.from === undefined) !== (options.tenant === undefined)) {
    throw new WrongUsage('--from and --tenant go together');
  }
  const progress = new Progress('records imported');
  const results = await told(
    options,
    () => stoppedAt(progress, 'import', options),
    async () => {
      const { importFromFile } = await loadMoving();
      return importFromFile(envOf(options), file, {
        ...options,
        onProgress: (done, total) => progress.show(done, total),
      });
    },
  );
  progress.end();
  show(options, { ...(options.dryRun && { dryRun: true }), results }, () => [
    options.dryRun ? 'This would be the result:' : 'The import is complete:',
    ...table(
      ['WHAT', 'ADDED', 'ALREADY THERE', 'EXPIRED', 'E-MAIL TAKEN'],
      Object.entries(results).map(([what, one]) => [what, one.added, one.present, one.expired, one.refused]),
    ),
  ]);
}

const envOf = ({ dataDir }: MoveOptions): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(dataDir !== undefined && { DATA_DIR: dataDir }),
});

/** Says how far a move came, and what to do then. */
function stoppedAt(progress: Progress, what: 'import' | 'export', { dryRun }: MoveOptions): string {
  progress.end();
  const next = dryRun ? 'Nothing was written.' : NEXT[what];
  return `The ${what} was interrupted: ${progress.soFar}. ${next}`;
}

const NEXT = {
  export: 'The same command goes on from there.',
  import: 'The same command goes on from there. Do that before you start the service.',
} as const;

/** Turns every error that stops a move, and every interruption, into one message for the operator. */
async function told<T>(
  options: OutputOptions,
  interrupted: () => string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await interruptible(options, interrupted, work);
  } catch (error) {
    throw await failureOf(error);
  }
}

async function failureOf(error: unknown): Promise<CommandFailure> {
  const { WrongConfiguration } = await import('../../config/config.schema.js');
  const { StoreUnavailable } = await import('../../shared/domain-error.js');
  const message = messageOf(error);
  if (error instanceof WrongConfiguration) return new WrongUsage(message);
  if (!(error instanceof StoreUnavailable)) return new CommandFailure(message, EXIT.failed);
  const reason = error.cause === undefined ? '' : ` (${networkReason(error.cause)})`;
  return new CommandFailure(
    `The store does not answer${reason}. When it does, the same command goes on`,
    EXIT.unreachable,
  );
}

/** Loaded here, so that other commands need no store. The decorators of what it uses need `reflect-metadata` first. */
async function loadMoving() {
  await import('reflect-metadata');
  return import('../../moving/index.js');
}
