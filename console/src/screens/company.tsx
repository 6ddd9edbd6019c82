import type { ComponentChildren } from 'preact';
import { hrefOf } from '../app/route.ts';
import { useApi } from '../app/signed-in.ts';
import { useLoad } from '../app/use-load.ts';
import { usePages } from '../app/use-pages.ts';
import type { CompanyLocation, Contact, LegalEntity } from '../api/types.ts';
import { useLocale, useTexts } from '../i18n/locale.ts';
import { Badges } from '../ui/badges.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { Badge, Card, Empty, Id, Load, Time } from '../ui/parts.tsx';
import { Facts, Table } from '../ui/table.tsx';
import { CompanyTable, groupsOf } from './companies.tsx';
import { CompanyLink } from './company-link.tsx';

export function CompanyScreen({ id }: { readonly id: string }) {
  const { company: words } = useTexts();
  const api = useApi();
  const one = useLoad(id, () =>
    api.shop<LegalEntity>('GET', 'customer-management', `/legal-entities/${encodeURIComponent(id)}`),
  );
  return (
    <>
      <p class="crumb">
        <a href={hrefOf(['companies'])}>← {words.backToList}</a>
      </p>
      {one.error && !one.data && <h1>{words.title}</h1>}
      <Load of={one}>
        {(entity) => (
          <>
            <div class="title">
              <h1>{entity.name}</h1>
            </div>
            <div class="columns">
              <Overview entity={entity} />
              <Locations of={entity.entitiesAddresses ?? []} />
            </div>
            {api.holds('customermanagement.contactassignment_read') && <Contacts entityId={entity.id} />}
            <Below entityId={entity.id} />
          </>
        )}
      </Load>
    </>
  );
}

function Overview({ entity }: { readonly entity: LegalEntity }) {
  const locale = useLocale();
  const { company: words, companies } = locale.texts;
  const { type, parentId, legalInfo = {}, accountLimit, approvalGroup = [] } = entity;
  const given = (name: string, value: ComponentChildren) => (value ? [[name, value] as const] : []);
  const { value: limit, currency } = accountLimit ?? {};
  const limitShown = currency === undefined ? locale.number(limit ?? 0) : locale.money(limit ?? 0, currency);
  return (
    <Card title={words.overview}>
      <Facts
        of={[
          ['Id', <Id of={entity.id} />],
          [companies.type, companies.types[type] ?? type],
          ...given(companies.above, parentId !== undefined && <CompanyLink id={parentId} />),
          [companies.groups, <Badges of={groupsOf(entity)} />],
          ...given(words.legalName, legalInfo.legalName),
          ...given(words.taxNumber, legalInfo.taxRegistrationNumber),
          ...given(words.registrationId, legalInfo.registrationId),
          ...given(words.agency, legalInfo.registrationAgency),
          ...given(words.country, legalInfo.countryOfRegistration),
          ...given(words.limit, limit !== undefined && limitShown),
          ...given(
            words.approvers,
            approvalGroup.length > 0 &&
              approvalGroup.map((one) => (
                <span class="line" key={one.id}>
                  <Person of={one} />
                </span>
              )),
          ),
          [companies.since, <Time at={entity.metadata.createdAt} />],
        ]}
      />
      <p class="hint">{words.groupsHint}</p>
    </Card>
  );
}

function Person({ of: { customer } }: { readonly of: Contact }) {
  const name = [customer.name, customer.surname].filter(Boolean).join(' ');
  return <a href={hrefOf(['customers', customer.id])}>{name || (customer.email ?? customer.id)}</a>;
}

function Locations({ of }: { readonly of: readonly CompanyLocation[] }) {
  const { company: words } = useTexts();
  return (
    <Card title={words.locations}>
      {of.length === 0 ? (
        <Empty title={words.noLocations} hint={words.noLocationsHint} />
      ) : (
        <ul class="addresses">
          {of.map((location) => (
            <li key={location.id}>
              <strong>{location.name ?? location.id}</strong>{' '}
              <Badge>{words.locationTypes[location.type] ?? location.type}</Badge>
              <span class="sub">{lineOf(location)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const lineOf = ({ contactDetails: at }: CompanyLocation): string =>
  [
    at.addressLine1,
    at.addressLine2,
    [at.postcode, at.city].filter(Boolean).join(' '),
    at.countryCode,
    ...(at.emails ?? []),
    ...(at.phones ?? []),
  ]
    .filter(Boolean)
    .join(', ');

function Contacts({ entityId }: { readonly entityId: string }) {
  const { company: words } = useTexts();
  const api = useApi();
  const list = usePages(`contacts ${entityId}`, (cursor) => {
    const query = { 'legalEntity.id': entityId };
    return api.shopPage<Contact>('customer-management', '/contact-assignments', query, cursor);
  });
  return (
    <Card title={words.contacts} lead={words.contactsLead}>
      <PagedList list={list} texts={words.noContacts}>
        {(contacts) => (
          <Table
            label={words.contacts}
            rows={contacts}
            keyOf={({ id }) => id}
            columns={[
              { title: words.person, of: (contact) => <Person of={contact} /> },
              { title: words.email, of: ({ customer }) => customer.email ?? <span class="muted">–</span> },
              { title: words.phone, of: ({ customer }) => customer.phone ?? <span class="muted">–</span> },
              {
                title: words.role,
                of: ({ type, primary }) => (
                  <>
                    {words.contactTypes[type] ?? type}{' '}
                    {primary && <Badge look="accent">{words.primary}</Badge>}
                  </>
                ),
              },
            ]}
          />
        )}
      </PagedList>
    </Card>
  );
}

/** The legal entities whose parent this one is. Most have none, and then nothing is shown. */
function Below({ entityId }: { readonly entityId: string }) {
  const { company: words } = useTexts();
  const api = useApi();
  const list = usePages(`below ${entityId}`, (cursor) =>
    api.shopPage<LegalEntity>('customer-management', '/legal-entities', { parentId: entityId }, cursor),
  );
  if (list.first.data?.items.length === 0) return null;
  return (
    <Card title={words.below}>
      <PagedList list={list} texts={words.noContacts}>
        {(items) => <CompanyTable items={items} label={words.below} />}
      </PagedList>
    </Card>
  );
}
