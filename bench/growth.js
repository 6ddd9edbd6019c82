import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { HELP, readOptions } from './growth/options.js';
import { measureAll, withTokens } from './growth/measure.js';
import { FLAT, isFlat, textOf, writePage, wrongAnswers } from './growth/report.js';
import { buildFill, filledStore, KINDS } from './growth/stores.js';
import { prepare } from './install.js';
import { tell } from './lib/tell.js';
import { chooseGenerator } from './load/choose.js';

/** `npm run bench:growth`: see HELP. */
async function main(options) {
  prepare();
  buildFill();
  const generator = await chooseGenerator(options.generator);
  const before = loadavg()[0].toFixed(1);
  const results = [];
  for (const id of options.store) results.push(await resultsOf(KINDS[id], { ...options, generator }));
  tell('');
  const load = { before, after: loadavg()[0].toFixed(1) };
  const date = new Date().toISOString().slice(0, 10);
  const run = { ...options, results, load, date, generator: generator.title };
  process.stdout.write(textOf(run));
  if (options.write) await writePage(run);
  if (isFlat(results) && wrongAnswers(results) === 0) return;
  process.stdout.write(
    `Not every p50 is within ${FLAT} times that of the other sizes, or an answer was wrong.\n`,
  );
  process.exitCode = 1;
}

/** One store after the other; the sizes of one are there at the same time. */
async function resultsOf(kind, options) {
  const folder = await mkdtemp(join(tmpdir(), 'onesession-growth-'));
  const running = [];
  try {
    const server = await kind.open();
    if (server) running.push(server);
    const stores = [];
    for (const sessions of options.sizes) {
      const place = { sessions, folder, mongo: server?.url, running, tell };
      stores.push(await withTokens(await filledStore(kind, place)));
    }
    const servers = server ? [server.pid] : [];
    return { kind: kind.title, sizes: await measureAll(stores, servers, { ...options, folder, tell }) };
  } finally {
    for (const { program } of running.toReversed()) await program.stop();
    await rm(folder, { recursive: true, force: true });
  }
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
