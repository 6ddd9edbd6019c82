import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Figure } from '../../../scripts/reliability/table.js';
import { FORM, STORE } from './form.js';

const FILE = 'reports/reliability.json';

/** What a test saw. That of the full form is kept, and `scripts/reliability.ts` writes it into docs/reliability.md. */
export function figure({ id, part, result }: Pick<Figure, 'id' | 'part' | 'result'>): void {
  process.stdout.write(`${id}${part === undefined ? '' : `, ${part}`}, ${STORE}: ${result}\n`);
  if (FORM === 'short') return;
  const same = (one: Figure): boolean => one.id === id && one.part === part && one.store === STORE;
  const others = read().filter((one) => !same(one));
  const date = new Date().toISOString().slice(0, 10);
  const seen: Figure = { id, ...(part !== undefined && { part }), store: STORE, date, result };
  mkdirSync('reports', { recursive: true });
  writeFileSync(FILE, `${JSON.stringify([...others, seen], undefined, 2)}\n`);
}

const read = (): readonly Figure[] => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : []);
