import { useEffect, useState } from 'preact/hooks';
import { goTo, hrefOf } from '../app/route.ts';
import { useApi } from '../app/signed-in.ts';
import { usePages } from '../app/use-pages.ts';
import type { AuditItem, Page } from '../api/types.ts';
import { useTexts } from '../i18n/locale.ts';
import { Badge, Button, Card, TextField, Time } from '../ui/parts.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { Table } from '../ui/table.tsx';
import { DateField } from './sessions/filters.tsx';

const FILTERS = ['actor', 'action', 'target', 'result', 'from', 'to'] as const;
type Filters = Readonly<Partial<Record<(typeof FILTERS)[number], string | undefined>>>;

export function AuditScreen({ query }: { readonly query: URLSearchParams }) {
  const texts = useTexts();
  const { audit } = texts;
  const api = useApi();
  const filters: Filters = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? undefined]));
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const list = usePages(query.toString(), (cursor) =>
    api.admin<Page<AuditItem>>('GET', '/audit', { query: { ...filters, cursor } }),
  );
  return (
    <>
      <div class="title">
        <h1>{audit.title}</h1>
      </div>
      <Card title={audit.list} lead={audit.lead}>
        <AuditFilters query={query} values={filters} />
        <PagedList list={list} isFiltered={isFiltered} texts={audit}>
          {(items) => <AuditTable items={items} />}
        </PagedList>
      </Card>
    </>
  );
}

function AuditFilters({ query, values }: { readonly query: URLSearchParams; readonly values: Filters }) {
  const texts = useTexts();
  const { audit, sessions } = texts;
  const [chosen, setChosen] = useState(values);
  useEffect(() => setChosen(values), [query.toString()]);
  const set = (name: (typeof FILTERS)[number]) => (value: string) => setChosen({ ...chosen, [name]: value });
  const apply = (event: Event): void => {
    event.preventDefault();
    goTo(hrefOf(['audit'], chosen));
  };
  return (
    <details class="filters" open={Object.values(values).some(Boolean)}>
      <summary>{sessions.filters}</summary>
      <form onSubmit={apply}>
        <div class="filter-grid">
          <TextField label={audit.actor} value={chosen.actor ?? ''} onValue={set('actor')} />
          <TextField label={audit.action} value={chosen.action ?? ''} onValue={set('action')} />
          <TextField label={audit.target} value={chosen.target ?? ''} onValue={set('target')} />
          <TextField label={audit.result} value={chosen.result ?? ''} onValue={set('result')} />
          <DateField label={audit.from} value={chosen.from} onValue={set('from')} />
          <DateField label={audit.to} value={chosen.to} onValue={set('to')} />
        </div>
        <div class="actions">
          <Button type="submit" look="primary">
            {texts.find.submit}
          </Button>
          <a class="button quiet" href={hrefOf(['audit'])}>
            {sessions.clearFilters}
          </a>
        </div>
      </form>
    </details>
  );
}

function AuditTable({ items }: { readonly items: readonly AuditItem[] }) {
  const texts = useTexts();
  const { audit } = texts;
  return (
    <Table
      label={audit.list}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        { title: audit.time, of: ({ at }) => <Time at={at} /> },
        {
          title: audit.actor,
          of: ({ actor }) => (
            <>
              {actor.id} <span class="sub">{actor.kind}</span>
            </>
          ),
        },
        { title: audit.action, of: ({ action }) => <code>{action}</code> },
        { title: audit.target, of: ({ target }) => <Target of={target} /> },
        {
          title: audit.result,
          of: ({ result }) => <Badge look={GOOD.has(result) ? 'good' : 'bad'}>{result}</Badge>,
        },
        { title: texts.reason, of: ({ reason }) => reason ?? <span class="muted">–</span> },
        { title: audit.network, of: ({ network }) => network ?? <span class="muted">–</span> },
        // Log lines and spans of the request have it too.
        { title: audit.request, of: ({ requestId }) => <code class="value">{requestId}</code> },
      ]}
    />
  );
}

const GOOD: ReadonlySet<string> = new Set(['ok', 'repeated']);

const SCREENS: Readonly<Record<string, readonly string[]>> = {
  session: ['sessions'],
  customer: ['customers'],
  'legal-entity': ['companies'],
  client: ['settings', 'clients'],
  'price-list': ['settings', 'price-lists'],
};

/** Leads to what it was done to, where the console has a screen for it. */
function Target({ of: { kind, id } }: { readonly of: AuditItem['target'] }) {
  const screen = SCREENS[kind];
  const isOne = id !== '*' && id !== 'unknown';
  return (
    <>
      {screen && isOne ? <a href={hrefOf([...screen, id])}>{id}</a> : <code>{id}</code>}{' '}
      <span class="sub">{kind}</span>
    </>
  );
}
