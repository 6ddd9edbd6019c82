import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CURRENT_FORMAT } from '../../../src/storage/store-format.js';
import { ServiceProcess } from '../../reliability/support/service-process.js';
import { startMongod } from '../../support/mongo/mongod.js';
import {
  linesOf,
  type RawDocument,
  type RawRow,
  readDocuments,
  readRows,
} from '../../support/programs/raw-store.js';
import { FIXTURES, type Told } from './told.js';
import { visit } from './visits.js';

const USAGE = `npm run release:data -- [--main FILE --format N]

Has shoppers visit the built service on both stores, and writes the rows that it leaves and what the shoppers were told to
${FIXTURES}/format-N. A test opens them with every later version.

  --main    a built service of another version. Default: dist/main.js
  --format  the format of its stores. Default: ${CURRENT_FORMAT}
`;

/** See \`Told.at\`. */
const BEGINS = Date.parse('2099-01-01T12:00:00Z');

async function make(main: string, format: number, env: NodeJS.ProcessEnv): Promise<[ServiceProcess, Told]> {
  const clockMs = BEGINS - Date.now();
  const BOOTSTRAP_FILE = join(dirname(main), '../bootstrap/demo.json');
  const clock = { FAULT_CLOCK_MS: String(clockMs) };
  const service = await ServiceProcess.create({ BOOTSTRAP_FILE, ...clock, ...env }, { main, faults: true });
  await service.start();
  const told = await visit(service.instance);
  await service.stop();
  return [service, { at: new Date(Date.now() + clockMs).toISOString(), format, ...told }];
}

function write(store: string, format: number, told: Told, rows: readonly (RawRow | RawDocument)[]): void {
  const folder = join(FIXTURES, `format-${format}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${store}.ndjson`), linesOf(rows));
  writeFileSync(join(folder, `${store}.told.json`), `${JSON.stringify(told, undefined, 2)}\n`);
  process.stdout.write(`${folder}: ${store}, ${rows.length} rows, ${told.asked.length} answers\n`);
}

async function embedded(main: string, format: number): Promise<void> {
  const [service, told] = await make(main, format, {});
  write('embedded', format, told, await readRows(dirname(service.dataFile)));
  await service.dispose();
}

async function mongo(main: string, format: number): Promise<void> {
  const mongod = await startMongod();
  try {
    const MONGODB_URI = mongod.uri.replace('/?', '/release?');
    const [service, told] = await make(main, format, { MONGODB_URI });
    await service.dispose();
    write('mongo', format, told, await readDocuments(MONGODB_URI));
  } finally {
    await mongod.stop();
  }
}

const { values } = parseArgs({
  options: {
    main: { type: 'string', default: 'dist/main.js' },
    format: { type: 'string', default: String(CURRENT_FORMAT) },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(USAGE);
else {
  const [main, format] = [resolve(values.main), Number(values.format)];
  await embedded(main, format);
  await mongo(main, format);
}
