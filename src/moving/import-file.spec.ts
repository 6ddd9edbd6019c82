import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCustomer, BUILT_AT } from '../../test/support/data/builders.js';
import type { Customer } from '../customer/customer.types.js';
import { importFile } from './import-file.js';
import type { Imports } from './import.js';
import { customerLine, type Line } from './lines/line.js';
import { MovingRefused } from './refused.js';

const MEBIBYTE = 1_048_576;
const HASH = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21l$U7qRi06gIMD8fVtxv4u9SDT9jNe1MAXPTqUcJfIlrGs';

const lineOf = (over: Partial<Customer>): string => customerLine(aCustomer({ passwordHash: HASH, ...over }));

/** Counts what it is given, and how much of it together. */
class CountingImports implements Imports {
  readonly ids: string[] = [];
  together = 0;
  private expected = 0;

  async expect(): Promise<void> {
    this.expected += 1;
    this.together = Math.max(this.together, this.expected);
  }

  async take(line: Line) {
    this.expected = 0;
    if (line.kind === 'customer') this.ids.push(line.customer.id);
    return { kind: 'customer', outcome: 'added' } as const;
  }
}

describe('A file to be imported', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'import-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const imported = async (content: string | Buffer): Promise<CountingImports> => {
    const file = join(folder, 'file');
    writeFileSync(file, content);
    const imports = new CountingImports();
    await importFile(imports, { file, store: 'a store', now: BUILT_AT, onProgress: () => undefined });
    return imports;
  };

  it('is read to its last line, in which no end of the line is needed', async () => {
    const lines = Array.from({ length: 1_001 }, (_, i) => lineOf({ id: `c${i}` }));
    const { ids, together } = await imported(lines.join('').trimEnd());
    expect(ids).toEqual(lines.map((_, i) => `c${i}`));
    expect(together).toBe(500);
  });

  it('has no endless line, such as that of a file of another format [X-33]', async () => {
    const reading = imported(Buffer.concat([Buffer.from('\n\n'), Buffer.alloc(65 * MEBIBYTE, 'x')]));
    await expect(reading).rejects.toThrow(new MovingRefused('Line 3 is longer than 64 MiB'));
  });

  it('is not held in memory, however long its lines are [X-33]', async () => {
    const long = lineOf({ mixins: { text: 'x'.repeat(MEBIBYTE) } });
    const { ids, together } = await imported(Array.from({ length: 100 }, () => long).join(''));
    expect(ids).toHaveLength(100);
    expect(together).toBeLessThanOrEqual(64);
  });
});
