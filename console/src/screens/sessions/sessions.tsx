import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useLive, useSoon } from '../../app/use-live.ts';
import { usePages } from '../../app/use-pages.ts';
import { hrefOf } from '../../app/route.ts';
import type { Page, SessionItem } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Badge, Button, Card, Time } from '../../ui/parts.tsx';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Table } from '../../ui/table.tsx';
import { SessionCounts } from './counts.tsx';
import { EndMany } from './end-many.tsx';
import { FILTERS, SessionFilters } from './filters.tsx';

const LISTED_TYPES = 'onesession.session.*,onesession.context.*';

/** A busy shop changes all the time; a list that does so can't be read. */
const LIST_EVERY_MS = 1_000;

export function SessionsScreen({ query }: { readonly query: URLSearchParams }) {
  const texts = useTexts();
  const api = useApi();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? undefined]));
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const list = usePages(query.toString(), (cursor) =>
    api.admin<Page<SessionItem>>('GET', '/sessions', { query: { ...filters, cursor } }),
  );
  const { sessions, live } = texts;
  const [changes, setChanges] = useState(0);
  const showSoon = useSoon(LIST_EVERY_MS, () => {
    setChanges((n) => n + 1);
    // Pages that were added would be dropped, and what the person reads with them.
    if (list.isFirstOnly) list.first.refresh();
  });
  const state = useLive({ types: LISTED_TYPES }, showSoon, showSoon);
  const isBehind = changes > 0 && !list.isFirstOnly;
  return (
    <>
      <div class="title">
        <h1>{sessions.title}</h1>
        <div class="actions">
          <LiveMark state={state} news={isBehind ? live.listIsBehind : ''} />
          {api.holds('session.session_manage') && <EndMany onDone={list.first.reload} />}
        </div>
      </div>
      {!isFiltered && <SessionCounts changes={changes} />}
      <Card
        title={sessions.list}
        actions={
          <Button look="quiet" onClick={list.first.reload}>
            {texts.reload}
          </Button>
        }
      >
        <SessionFilters query={query} values={filters} />
        <PagedList list={list} isFiltered={isFiltered} texts={sessions}>
          {(items) => <SessionTable items={items} label={sessions.list} />}
        </PagedList>
      </Card>
    </>
  );
}

export function SessionTable({
  items,
  label,
}: {
  readonly items: readonly SessionItem[];
  readonly label: string;
}) {
  const { sessions } = useTexts();
  return (
    <Table
      label={label}
      rows={items}
      keyOf={({ sessionId }) => sessionId}
      columns={[
        {
          title: sessions.session,
          of: ({ sessionId }) => (
            <a href={hrefOf(['sessions', sessionId])}>
              <code>{sessionId.slice(0, 8)}…</code>
              <span class="unseen">{sessionId}</span>
            </a>
          ),
        },
        {
          title: sessions.customer,
          of: ({ email, customerId }) =>
            customerId === undefined ? (
              <span class="muted">{sessions.guest}</span>
            ) : (
              <a href={hrefOf(['customers', customerId])}>{email ?? customerId}</a>
            ),
        },
        {
          title: sessions.state,
          of: ({ state }) => (
            <Badge look={state === 'alive' ? 'good' : 'warn'}>{sessions.states[state]}</Badge>
          ),
        },
        { title: sessions.site, of: ({ siteCode }) => siteCode ?? <span class="muted">–</span> },
        { title: sessions.currency, of: ({ currency }) => currency ?? <span class="muted">–</span> },
        {
          title: sessions.country,
          of: ({ targetLocation }) => targetLocation ?? <span class="muted">–</span>,
        },
        { title: sessions.client, of: ({ clientId }) => clientId },
        { title: sessions.created, of: ({ createdAt }) => <Time at={createdAt} /> },
        { title: sessions.lastUsed, of: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
      ]}
    />
  );
}
