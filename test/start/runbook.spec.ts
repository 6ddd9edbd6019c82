import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RawRow, readLines, writeRows } from '../support/programs/raw-store.js';
import { entriesOf, readRunbook, walkRunbook } from '../support/programs/runbook.js';

walkRunbook({
  name: 'embedded',
  settings: (folder) => ({ DATA_DIR: join(folder, 'data') }),
  earlier: async (folder, rows) => {
    const DATA_DIR = join(folder, 'earlier');
    await writeRows(DATA_DIR, readLines<RawRow>(rows));
    return { DATA_DIR };
  },
});

describe('Each entry of the runbook', () => {
  const sections = readRunbook()
    .split(/^(?=##+ )/m)
    .slice(1)
    .filter((section) => entriesOf(section).length > 0);

  it('says when it was walked, and on which stores', () => {
    expect(sections.length).toBeGreaterThan(15);
    for (const section of sections) {
      const stores = new Set(entriesOf(section).flatMap((entry) => entry.stores));
      const where =
        stores.size === 2 ? 'both stores' : stores.has('mongo') ? 'MongoDB' : 'the embedded store';
      expect(section).toMatch(new RegExp(`^Walked \\d{4}-\\d\\d-\\d\\d on ${where}\\.$`, 'm'));
    }
  });
});
