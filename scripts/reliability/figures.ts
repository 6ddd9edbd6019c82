import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Figure, withFigures } from './table.ts';

const SEEN = 'reports/figures.json';
const PAGE = 'docs/reliability.md';

const read = (): readonly Figure[] => (existsSync(SEEN) ? JSON.parse(readFileSync(SEEN, 'utf8')) : []);

/** Call before a run: the results of an earlier one are already in the page. */
export const forgetFigures = (): void => rmSync(SEEN, { force: true });

/** If a figure is seen twice in a run, the last one counts. */
export function keepFigure(seen: Figure): void {
  const same = ({ id, part, store }: Figure): boolean =>
    id === seen.id && part === seen.part && store === seen.store;
  mkdirSync(dirname(SEEN), { recursive: true });
  const all = [...read().filter((one) => !same(one)), seen];
  writeFileSync(SEEN, `${JSON.stringify(all, undefined, 2)}\n`);
}

/** Call after a run: writes the results into the rows of docs/reliability.md. */
export const writeFigures = (): void => writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), read()));
