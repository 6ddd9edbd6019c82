import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { walk } from './readme/walk.ts';
import { withService } from './service/started.ts';

/**
 * Starts the service with the README's command in an empty data folder, times its first answer, and runs the tutorial.
 * Writes reports/readme.json.
 */
await withService('start', async ({ url, startedInMs }) => {
  const outcomes = await walk(readFileSync('README.md', 'utf8'), url);
  for (const { command, answer, got, passed } of outcomes) {
    if (!passed) process.stdout.write(`README:\n${command}expected:\n${answer}\ngot:\n${got}\n\n`);
  }
  const failed = outcomes.filter(({ passed }) => !passed).length;
  const passed = outcomes.length - failed;
  mkdirSync('reports', { recursive: true });
  writeFileSync(
    'reports/readme.json',
    JSON.stringify({ passed, failed, firstAnswerMs: Math.round(startedInMs) }),
  );
  process.stdout.write(`README: first answer after ${(startedInMs / 1000).toFixed(1)} s (build included), `);
  process.stdout.write(`${passed} of ${outcomes.length} steps give the README's answer\n`);
  process.exitCode = failed === 0 ? 0 : 1;
});
