import type { Condition, Filter, FilterValue, TextPattern } from '../../../shared/filter/filter.types.js';
import { type AllOf, op } from './rows.js';

/**
 * The query for a filter: our own operators only, each value as an operand. It finds what `matches` of
 * `src/shared/filter/filter.rules.ts` takes.
 */
export const toQuery = (tenant: string, filter: Filter): AllOf => ({
  tenant,
  ...(filter.length > 0 && { $and: filter.map((one) => ({ [one.path]: op(operatorOf(one)) })) }),
});

function operatorOf(condition: Condition): Readonly<Record<string, FilterValue | readonly FilterValue[]>> {
  switch (condition.op) {
    case 'present':
      return { $exists: true };
    case 'absent':
      return { $exists: false };
    case 'in':
      return { $in: condition.values };
    case 'like':
      return { $regex: regexOf(condition.pattern) };
    default:
      return { [`$${condition.op}`]: condition.value };
  }
}

/** Each piece at the first place behind the one before; atomic groups never try another one, so it is linear. */
function regexOf({ pieces, fromStart, toEnd }: TextPattern): string {
  const parts = pieces.map((piece, i) => {
    const text = piece.map(characterOf).join('');
    const isLast = i === pieces.length - 1;
    if (i === 0 && fromStart) return isLast && toEnd ? `${text}\\z` : text;
    return isLast && toEnd ? `${ANYTHING}*${text}\\z` : `(?>${ANYTHING}*?${text})`;
  });
  return `^${parts.join('')}`;
}

const ANYTHING = '[\\s\\S]';

function characterOf(wanted: string | undefined): string {
  if (wanted === undefined) return ANYTHING;
  const codes = [...wanted].map((character) => `\\x{${character.codePointAt(0)?.toString(16)}}`).join('');
  return wanted.length > 1 ? `[${codes}]` : codes;
}
