import { readFileSync } from 'node:fs';
import satisfies from 'spdx-satisfies';
import { licenceReport } from './supply/licences.ts';

/** Reads what `npm run sbom` wrote, and fails if the licence of a dependency is not permissive. */
const { components } = JSON.parse(readFileSync('reports/sbom.cdx.json', 'utf8'));
const { checked, exceptions, problems } = licenceReport(components, fits);

/** A name that SPDX does not know satisfies nothing. */
function fits(expression: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(expression, allowed);
  } catch {
    return false;
  }
}

for (const line of exceptions) console.log(`Accepted: ${line}`);
for (const line of problems) console.error(`Refused: ${line}`);
console.log(`${checked} packages, ${exceptions.length} accepted by name, ${problems.length} problems`);
process.exitCode = checked > 0 && problems.length === 0 ? 0 : 1;
