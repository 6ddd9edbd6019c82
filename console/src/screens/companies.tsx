import { useEffect, useState } from 'preact/hooks';
import { goTo, hrefOf } from '../app/route.ts';
import { useApi } from '../app/signed-in.ts';
import { usePages } from '../app/use-pages.ts';
import type { LegalEntity } from '../api/types.ts';
import { useTexts } from '../i18n/locale.ts';
import { Badges } from '../ui/badges.tsx';
import { Button, Card, TextField, Time } from '../ui/parts.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { Table } from '../ui/table.tsx';
import { CompanyLink } from './company-link.tsx';

export function CompaniesScreen({ query }: { readonly query: URLSearchParams }) {
  const texts = useTexts();
  const { companies } = texts;
  const api = useApi();
  const name = query.get('name') ?? '';
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  const list = usePages(`companies ${name}`, (cursor) =>
    api.shopPage<LegalEntity>('customer-management', '/legal-entities', { name }, cursor),
  );
  const search = (event: Event): void => {
    event.preventDefault();
    goTo(hrefOf(['companies'], { name: text.trim() }));
  };
  return (
    <>
      <div class="title">
        <h1>{companies.title}</h1>
      </div>
      <Card title={companies.list} lead={companies.lead}>
        <form class="inline" onSubmit={search}>
          <TextField label={companies.search} type="search" value={text} onValue={setText} />
          <Button type="submit" look="primary">
            {texts.find.submit}
          </Button>
        </form>
        <PagedList list={list} isFiltered={name !== ''} texts={companies}>
          {(items) => <CompanyTable items={items} label={companies.list} />}
        </PagedList>
      </Card>
    </>
  );
}

export function CompanyTable({
  items,
  label,
}: {
  readonly items: readonly LegalEntity[];
  readonly label: string;
}) {
  const { companies } = useTexts();
  return (
    <Table
      label={label}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        { title: companies.name, of: ({ id, name }) => <CompanyLink id={id} name={name} /> },
        { title: companies.type, of: ({ type }) => companies.types[type] ?? type },
        {
          title: companies.above,
          of: ({ parentId }) =>
            parentId === undefined ? <span class="muted">–</span> : <CompanyLink id={parentId} />,
        },
        { title: companies.groups, of: (one) => <Badges of={groupsOf(one)} /> },
        { title: companies.since, of: ({ metadata }) => <Time at={metadata.createdAt} /> },
      ]}
    />
  );
}

/** Ids of the groups whose prices apply. */
export const groupsOf = ({ customerGroups = [] }: LegalEntity): readonly string[] =>
  customerGroups.map(({ id }) => id);
