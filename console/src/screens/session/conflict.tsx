import { useTexts } from '../../i18n/locale.ts';
import { Value } from '../../ui/parts.tsx';

/** A value that two people changed. */
export interface Clash {
  readonly field: string;
  readonly before: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Returns what both sides changed, and differently. What only one side changed is no clash. */
export function clashesOf(
  before: Readonly<Record<string, unknown>>,
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
): readonly Clash[] {
  return Object.keys(mine).flatMap((field) => {
    const [was, wanted, stored] = [before[field], mine[field] ?? undefined, theirs[field]];
    return same(was, stored) || same(wanted, stored)
      ? []
      : [{ field, before: was, mine: wanted, theirs: stored }];
  });
}

interface ConflictProps {
  readonly clashes: readonly Clash[];
  /** Fields for which the stored side is to stay. */
  readonly dropped: ReadonlySet<string>;
  readonly onChoice: (field: string, keepMine: boolean) => void;
}

/** Both sides of a conflict, to choose from. */
export function Conflict({ clashes, dropped, onChoice }: ConflictProps) {
  const { session } = useTexts();
  return (
    <div class="conflict" role="alert">
      <h3>{session.conflictTitle}</h3>
      <p>{session.conflictLead}</p>
      {clashes.map(({ field, before, mine, theirs }) => (
        <fieldset key={field}>
          <legend>
            <code>{field}</code>
          </legend>
          <dl class="sides">
            <div>
              <dt>{session.before}</dt>
              <dd>
                <Value of={before} />
              </dd>
            </div>
            <div>
              <dt>{session.mine}</dt>
              <dd>
                <Value of={mine} />
              </dd>
            </div>
            <div>
              <dt>{session.theirs}</dt>
              <dd>
                <Value of={theirs} />
              </dd>
            </div>
          </dl>
          <label class="choice">
            <input
              type="radio"
              name={`keep-${field}`}
              checked={!dropped.has(field)}
              onChange={() => onChoice(field, true)}
            />
            {session.keepMine}
          </label>
          <label class="choice">
            <input
              type="radio"
              name={`keep-${field}`}
              checked={dropped.has(field)}
              onChange={() => onChoice(field, false)}
            />
            {session.keepTheirs}
          </label>
        </fieldset>
      ))}
    </div>
  );
}
