import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTENDERS, startMongod } from './contenders.js';
import { prepare } from './install.js';
import { tell } from './lib/tell.js';
import { chooseGenerator } from './load/choose.js';
import { HELP, readOptions } from './options.js';
import { writePages } from './report/pages.js';
import { textOf } from './report/text.js';
import { measure } from './rounds.js';

/** `npm run bench`: see HELP. */
async function main(options) {
  prepare();
  const generator = await chooseGenerator(options.generator);
  const folder = await mkdtemp(join(tmpdir(), 'onesession-bench-'));
  const running = [];
  try {
    const contenders = await start(options, folder, running);
    const results = await measure(contenders, { ...options, generator, folder, tell });
    const date = new Date().toISOString().slice(0, 10);
    const run = { ...options, date, generator: generator.title, contenders, results };
    tell('');
    process.stdout.write(textOf(run));
    if (options.write) await writePages(run);
  } finally {
    for (const { program } of running.toReversed()) await program.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function start({ only, operations, profile }, folder, running) {
  const chosen = CONTENDERS.filter(({ id }) => id === 'bare' || only.includes(id));
  let mongo;
  if (chosen.some(({ needs }) => needs === 'mongo')) {
    const mongod = await startMongod();
    running.push(mongod);
    mongo = mongod.url;
  }
  const started = [];
  for (const contender of chosen) {
    tell(`starting ${contender.title}`);
    const server = await contender.start({ folder, mongo, profile });
    running.push(server);
    const wanted = contender.operations.filter(({ id }) => id === 'hello' || operations.includes(id));
    started.push({ ...contender, ...server, operations: wanted });
  }
  return started;
}

let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n\n${HELP}`);
  process.exit(2);
}
if (options.help) process.stdout.write(HELP);
else await main(options);
