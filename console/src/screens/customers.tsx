import { useEffect, useState } from 'preact/hooks';
import { goTo, hrefOf } from '../app/route.ts';
import { useApi } from '../app/signed-in.ts';
import { usePages } from '../app/use-pages.ts';
import type { CustomerItem, Page } from '../api/types.ts';
import { useTexts } from '../i18n/locale.ts';
import { Button, Card, TextField, Time } from '../ui/parts.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { Table } from '../ui/table.tsx';
import { Blocked } from './customer-block.tsx';

export const nameOf = ({ firstName, lastName }: { firstName?: string; lastName?: string }): string =>
  [firstName, lastName].filter(Boolean).join(' ');

export function CustomersScreen({ query }: { readonly query: URLSearchParams }) {
  const texts = useTexts();
  const { customers } = texts;
  const api = useApi();
  const [q, email] = [query.get('q') ?? '', query.get('email') ?? ''];
  const [text, setText] = useState(q || email);
  useEffect(() => setText(q || email), [q, email]);
  const list = usePages(query.toString(), (cursor) =>
    api.admin<Page<CustomerItem>>('GET', '/customers', { query: { q, email, cursor } }),
  );
  const isFiltered = q !== '' || email !== '';
  const search = (event: Event): void => {
    event.preventDefault();
    goTo(hrefOf(['customers'], { q: text.trim() }));
  };
  return (
    <>
      <div class="title">
        <h1>{customers.title}</h1>
      </div>
      <Card title={customers.list}>
        <form class="inline" onSubmit={search}>
          <TextField label={customers.search} type="search" value={text} onValue={setText} />
          <Button type="submit" look="primary">
            {texts.find.submit}
          </Button>
        </form>
        <PagedList list={list} isFiltered={isFiltered} texts={customers}>
          {(items) => <CustomerTable items={items} />}
        </PagedList>
      </Card>
    </>
  );
}

function CustomerTable({ items }: { readonly items: readonly CustomerItem[] }) {
  const { customers, sessions } = useTexts();
  return (
    <Table
      label={customers.list}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        {
          title: sessions.email,
          of: (one) => (
            <>
              <a href={hrefOf(['customers', one.id])}>{one.email}</a> <Blocked by={one} />
            </>
          ),
        },
        {
          title: customers.name,
          of: (one) => <span class="name">{nameOf(one) || <span class="muted">–</span>}</span>,
        },
        { title: sessions.site, of: ({ preferredSite }) => preferredSite ?? <span class="muted">–</span> },
        {
          title: sessions.currency,
          of: ({ preferredCurrency }) => preferredCurrency ?? <span class="muted">–</span>,
        },
        { title: customers.sessions, of: (one) => one.sessions, isNumber: true },
        { title: customers.since, of: ({ createdAt }) => <Time at={createdAt} /> },
      ]}
    />
  );
}
