import { keepFigure } from '../../../scripts/reliability/figures.js';
import type { Figure } from '../../../scripts/reliability/table.js';
import { FORM, STORE } from './form.js';

/**
 * A figure that a test measured. Figures of the full form are kept, and the suite's script writes them into
 * docs/reliability.md.
 */
export function figure(seen: Pick<Figure, 'id' | 'part' | 'result' | 'suite'>): void {
  const { id, part, result } = seen;
  process.stdout.write(`${id}${part === undefined ? '' : `, ${part}`}, ${STORE}: ${result}\n`);
  if (FORM === 'short') return;
  keepFigure({ ...seen, store: STORE, date: new Date().toISOString().slice(0, 10) });
}
