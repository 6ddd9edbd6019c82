import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { auditReport } from './supply/audit.ts';

/**
 * Asks the registry for known vulnerabilities of the installed packages, and writes its answer to `reports/audit.json`.
 * Without that file nothing was checked.
 */
const FILE = 'reports/audit.json';
rmSync(FILE, { force: true });

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const { answered, lines, passes } = auditReport(parsed(stdout));
if (answered) {
  mkdirSync('reports', { recursive: true });
  writeFileSync(FILE, stdout);
}
console.log(lines.join('\n'));
process.exitCode = passes ? 0 : 1;

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return { message: 'npm audit printed no JSON' };
  }
}
