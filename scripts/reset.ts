import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { embeddedStore } from './reset/embedded.ts';
import { ResetRefused, type ResettableStore } from './reset/store.ts';

const USAGE = `npm run reset [-- --yes]: empty the store

Removes what the service has stored: the folder DATA_DIR (./data), or the database of MONGODB_URI if that is set. The
next start loads the demo data again. It shows what it will remove, and asks.

  --yes     do not ask
  --help    this page

It refuses in production, and while a service uses the store.
`;

/** An empty variable counts as none, as it does for the service. */
const setting = (name: string): string | undefined => process.env[name]?.trim() || undefined;

/** Loaded only for MongoDB, because the driver takes a while to load. */
async function openStore(): Promise<ResettableStore> {
  const uri = setting('MONGODB_URI');
  if (uri === undefined) return embeddedStore(setting('DATA_DIR') ?? './data');
  const { mongoStore } = await import('./reset/mongo.ts');
  return mongoStore(uri);
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new ResetRefused('Nobody is there to answer: add --yes to remove this without a question');
  }
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await questions.question('Remove all of this? Type yes: ');
  questions.close();
  return answer.trim() === 'yes';
}

async function reset(asks: boolean): Promise<void> {
  if (setting('NODE_ENV') === 'production') throw new ResetRefused('NODE_ENV is production: no reset there');
  const store = await openStore();
  try {
    if (store.contents.length === 0) {
      console.log(`${store.name} is empty: there is nothing to remove`);
      return;
    }
    console.log([store.name, ...store.contents.map((line) => `  ${line}`)].join('\n'));
    if (asks && !(await confirmed())) throw new ResetRefused('Nothing was removed');
    await store.remove();
    console.log('Removed. The next start loads the demo data');
  } finally {
    await store.close();
  }
}

try {
  const options = { yes: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values } = parseArgs({ options });
  if (values.help === true) console.log(USAGE);
  else await reset(values.yes !== true);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof ResetRefused ? 2 : 1;
}
