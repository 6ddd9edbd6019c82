import { useState } from 'preact/hooks';
import { ApiError } from '../../api/api-error.ts';
import type { Context, OneSession } from '../../api/types.ts';
import { useApi } from '../../app/signed-in.ts';
import { type Act, useAct } from '../../app/use-load.ts';
import { type Clash, clashesOf } from './conflict.tsx';

/** Values by name; `null` removes an attribute. */
type Values = Readonly<Record<string, unknown>>;

export interface ContextChange {
  readonly act: Act;
  readonly clashes: readonly Clash[];
  readonly dropped: ReadonlySet<string>;
  readonly choose: (field: string, keepMine: boolean) => void;
  readonly save: (mine: Values, reason: string) => void;
  readonly forget: () => void;
}

interface Side {
  readonly sessionId: string;
  readonly context: Context;
  /** The values that are edited here. */
  readonly read: (context: Context) => Values;
  /** The body that changes them. */
  readonly write: (values: Values) => object;
  /** While somebody edits, a newer context is not the one that they saw. */
  readonly isEditing: boolean;
  readonly onSaved: () => void;
}

/**
 * Saves against the version that the person saw. If somebody was faster, what both changed is shown, and the next save
 * goes against what is stored by then.
 */
export function useContextChange(side: Side): ContextChange {
  const { sessionId, context, read, write, isEditing, onSaved } = side;
  const api = useApi();
  const act = useAct();
  const [base, setBase] = useState(context);
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const isNewer = context.metadata.version > base.metadata.version;
  if (isNewer && !isEditing && clashes.length === 0) setBase(context);
  const path = `/sessions/${sessionId}`;
  const send = async (mine: Values, version: number, reason: string): Promise<void> => {
    const body = { ...write(mine), metadata: { version } };
    await api.admin('PATCH', `${path}/context`, { body, reason });
  };
  const save = (mine: Values, reason: string): void =>
    act.run(async () => {
      const kept = Object.fromEntries(Object.entries(mine).filter(([field]) => !dropped.has(field)));
      try {
        if (Object.keys(kept).length > 0) await send(kept, base.metadata.version, reason);
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 409) throw error;
        const { context: stored } = await api.admin<OneSession>('GET', path);
        if (!stored || stored.metadata.version === base.metadata.version) throw error;
        const found = clashesOf(read(base), kept, read(stored));
        setBase(stored);
        setClashes(found);
        if (found.length > 0) return;
        // Nobody touched the same values: both changes can stand.
        await send(kept, stored.metadata.version, reason);
      }
      forget();
      onSaved();
    });
  const forget = (): void => {
    setClashes([]);
    setDropped(new Set());
    act.clear();
  };
  const choose = (field: string, keepMine: boolean): void => {
    const next = new Set(dropped);
    if (keepMine) next.delete(field);
    else next.add(field);
    setDropped(next);
  };
  return { act, clashes, dropped, choose, save, forget };
}
