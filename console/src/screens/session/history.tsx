import { useEffect, useRef } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { usePages } from '../../app/use-pages.ts';
import type { FieldChange, HistoryItem, Page } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Button, Card, Empty, Load, Problem, Time, Value } from '../../ui/parts.tsx';
import { sourceIn } from './context-values.tsx';

/** @param version of the context: a newer one has a newer entry */
export function HistoryCard({
  sessionId,
  version,
}: {
  readonly sessionId: string;
  readonly version: number;
}) {
  const texts = useTexts();
  const { session } = texts;
  const api = useApi();
  const pages = usePages(`history/${sessionId}`, (cursor) =>
    api.admin<Page<HistoryItem>>('GET', `/sessions/${sessionId}/history`, { query: { limit: 20, cursor } }),
  );
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current !== version) pages.first.refresh();
    shown.current = version;
  }, [version]);
  return (
    <Card title={session.history}>
      <Load of={pages.first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={session.noHistory} hint={session.noHistoryHint} />
          ) : (
            <ol class="timeline" aria-label={session.history}>
              {pages.items.map((item) => (
                <Entry key={`${item.version}/${item.source}`} item={item} />
              ))}
            </ol>
          )
        }
      </Load>
      {pages.error && <Problem error={pages.error} />}
      {pages.more && (
        <Button busy={pages.busy} onClick={pages.more}>
          {texts.more}
        </Button>
      )}
    </Card>
  );
}

function Entry({
  item: { at, by, source, reason, changes, changesOmitted, version },
}: {
  readonly item: HistoryItem;
}) {
  const texts = useTexts();
  const { session } = texts;
  const who = [session.authors[by.kind] ?? by.kind, by.id, by.agent].filter(Boolean).join(' ');
  return (
    <li>
      <p class="when">
        <Time at={at} /> <span class="muted">{session.version(version)}</span>
      </p>
      <p>
        {session.by(who)} <span class="muted">({sourceIn(texts, source)})</span>
      </p>
      {reason !== undefined && <p class="quote">“{reason}”</p>}
      <ul class="changes">
        {changes.map((change) => (
          <li key={change.field}>
            <code>{change.field}</code> <Change of={change} />
          </li>
        ))}
      </ul>
      {changesOmitted !== undefined && <p class="muted">{session.changesOmitted(changesOmitted)}</p>}
    </li>
  );
}

function Change({ of: { from, to, valuesOmitted } }: { readonly of: FieldChange }) {
  const { session } = useTexts();
  if (valuesOmitted) return <span class="muted">{session.valuesOmitted}</span>;
  return (
    <>
      <Value of={from} /> <span aria-hidden="true">→</span> <Value of={to} />
    </>
  );
}
