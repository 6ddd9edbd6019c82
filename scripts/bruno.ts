import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { blocksFor } from './guide/blocks.ts';
import { buildsService, installs } from './run/steps.ts';
import { withService } from './service/started.ts';

/** `npm run test:bruno`: runs the collection of examples/bruno against a service with the demo data. */
const FOLDER = 'examples/bruno';
const REPORT = resolve('reports/bruno.json');

/** Twice, because a collection that can't be repeated is of no use at a desk. */
async function passes(url: string): Promise<boolean> {
  const [commands = ''] = blocksFor('scripts/bruno.ts', 'examples/bruno/README.md');
  const told = /^npx bru (.+)$/m.exec(commands)?.[1] ?? '';
  const args = [...told.replace('http://127.0.0.1:3000', url).split(' '), '--reporter-json', REPORT];
  for (const _ of ['once', 'again']) {
    const bru = spawn(resolve(FOLDER, 'node_modules/.bin/bru'), args, { cwd: FOLDER, stdio: 'inherit' });
    const status = await new Promise((done) => bru.once('exit', done));
    if (status !== 0 || !hasChecked()) return false;
  }
  return true;
}

/** A run without requests passes too. */
function hasChecked(): boolean {
  const [{ summary }] = JSON.parse(readFileSync(REPORT, 'utf8'));
  return summary.passedRequests > 0 && summary.passedAssertions + summary.passedTests > 0;
}

mkdirSync('reports', { recursive: true });
const passed =
  installs(FOLDER) && buildsService() && (await withService('start:built', ({ url }) => passes(url)));
process.exitCode = passed ? 0 : 1;
