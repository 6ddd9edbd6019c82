import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Figure } from '../../../scripts/reliability/table.js';
import { FORM, STORE } from './form.js';

const FILE = 'reports/reliability.json';

/** What a test saw, for docs/reliability.md; `scripts/reliability.ts` writes those of the full form there. */
export function figure({ id, part, result }: Pick<Figure, 'id' | 'part' | 'result'>): void {
  const same = (one: Figure): boolean =>
    one.id === id && one.part === part && one.store === STORE && one.form === FORM;
  const others = read().filter((one) => !same(one));
  const date = new Date().toISOString().slice(0, 10);
  const seen: Figure = { id, ...(part !== undefined && { part }), store: STORE, form: FORM, date, result };
  mkdirSync('reports', { recursive: true });
  writeFileSync(FILE, `${JSON.stringify([...others, seen], undefined, 2)}\n`);
  process.stdout.write(`${id}${part === undefined ? '' : `, ${part}`}, ${STORE}: ${result}\n`);
}

const read = (): readonly Figure[] => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : []);
