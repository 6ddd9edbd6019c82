import { keepFigure } from '../../../scripts/reliability/figures.js';
import type { Figure } from '../../../scripts/reliability/table.js';
import { FORM, STORE } from './form.js';

/** What a test saw. That of the full form is kept, and the suite's script writes it into docs/reliability.md. */
export function figure(seen: Pick<Figure, 'id' | 'part' | 'result' | 'suite'>): void {
  const { id, part, result } = seen;
  process.stdout.write(`${id}${part === undefined ? '' : `, ${part}`}, ${STORE}: ${result}\n`);
  if (FORM === 'short') return;
  keepFigure({ ...seen, store: STORE, date: new Date().toISOString().slice(0, 10) });
}
