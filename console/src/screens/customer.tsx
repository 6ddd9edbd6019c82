import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { hrefOf } from '../app/route.ts';
import { useApi } from '../app/signed-in.ts';
import { useLoad } from '../app/use-load.ts';
import { usePages } from '../app/use-pages.ts';
import type { Address, Erased, FoundCart, OneCustomer, Page, SessionItem } from '../api/types.ts';
import { useLocale, useTexts } from '../i18n/locale.ts';
import { Badges } from '../ui/badges.tsx';
import { Badge, Button, Card, Empty, Id, Load, Problem, Time } from '../ui/parts.tsx';
import { Facts, Table } from '../ui/table.tsx';
import { CompanyLink } from './company-link.tsx';
import { CustomerActs } from './customer-acts.tsx';
import { Blocked, BlockedWarning, isBlocked } from './customer-block.tsx';
import { nameOf } from './customers.tsx';
import { SessionTable } from './sessions/sessions.tsx';

export function CustomerScreen({ id }: { readonly id: string }) {
  const texts = useTexts();
  const { customer: words } = texts;
  const api = useApi();
  const [erased, setErased] = useState<Erased>();
  const path = `/customers/${encodeURIComponent(id)}`;
  const one = useLoad(id, () => api.admin<OneCustomer>('GET', path));
  const devices = usePages(`${id}/sessions`, (cursor) =>
    api.admin<Page<SessionItem>>('GET', `${path}/sessions`, { query: { cursor } }),
  );
  const reload = (): void => {
    one.reload();
    devices.first.reload();
  };
  return (
    <>
      <p class="crumb">
        <a href={hrefOf(['customers'])}>← {words.backToList}</a>
      </p>
      {erased ? (
        <ErasedCard erased={erased} />
      ) : (
        <>
          {one.error && !one.data && <h1>{words.title}</h1>}
          <Load of={one}>
            {(customer) => (
              <>
                <div class="title">
                  <h1>{nameOf(customer) || customer.email}</h1>
                  <CustomerActs customer={customer} onChanged={reload} onErased={setErased} />
                </div>
                {isBlocked(customer) && <BlockedWarning id={customer.id} />}
                <div class="columns">
                  <Profile customer={customer} />
                  <Carts customerId={customer.id} />
                </div>
                <Card title={words.devices}>
                  <Load of={devices.first}>
                    {() =>
                      devices.items.length === 0 ? (
                        <Empty title={words.noDevices} hint={words.noDevicesHint} />
                      ) : (
                        <SessionTable items={devices.items} label={words.devices} />
                      )
                    }
                  </Load>
                  {devices.error && <Problem error={devices.error} />}
                  {devices.more && (
                    <Button busy={devices.busy} onClick={devices.more}>
                      {texts.more}
                    </Button>
                  )}
                </Card>
              </>
            )}
          </Load>
        </>
      )}
    </>
  );
}

function Profile({ customer }: { readonly customer: OneCustomer }) {
  const texts = useTexts();
  const { customer: words, customers, sessions } = texts;
  const { preferredSite, preferredCurrency, preferredLanguage, groups, addresses } = customer;
  const { customerNumber, contactPhone, company } = customer;
  const companies = customer.b2b?.legalEntities ?? [];
  const given = (name: string, value: ComponentChildren) => (value ? [[name, value] as const] : []);
  return (
    <Card title={words.profile}>
      <Facts
        of={[
          [sessions.email, customer.email],
          ['Id', <Id of={customer.id} />],
          [words.standing, isBlocked(customer) ? <Blocked by={customer} /> : words.active],
          [customers.name, nameOf(customer) || '–'],
          [customers.since, <Time at={customer.createdAt} />],
          ...given(words.number, customerNumber),
          ...given(words.phone, contactPhone),
          ...given(words.company, company),
          ...given(
            words.companies,
            companies.length > 0 &&
              companies.map(({ id, name }) => (
                <span class="line" key={id}>
                  <CompanyLink id={id} name={name} />
                </span>
              )),
          ),
          [words.groups, groups.length === 0 ? texts.none : <Badges of={groups} />],
          [
            words.preferred,
            [preferredSite, preferredCurrency, preferredLanguage].filter(Boolean).join(' · ') || texts.none,
          ],
          [customers.sessions, customer.sessions],
          [customers.carts, customer.carts],
        ]}
      />
      <h3>{words.addresses}</h3>
      {addresses.length === 0 ? (
        <p class="muted">{words.noAddress}</p>
      ) : (
        <ul class="addresses">
          {addresses.map((address) => (
            <li key={address.id}>
              {lineOf(address)}{' '}
              {address.tags?.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const lineOf = ({ contactName, street, streetNumber, zipCode, city, country }: Address): string =>
  [
    contactName,
    [street, streetNumber].filter(Boolean).join(' '),
    [zipCode, city].filter(Boolean).join(' '),
    country,
  ]
    .filter(Boolean)
    .join(', ');

function Carts({ customerId }: { readonly customerId: string }) {
  const locale = useLocale();
  const { customer: words, session, sessions } = locale.texts;
  const api = useApi();
  const found = useLoad(`carts/${customerId}`, () =>
    api.shop<readonly FoundCart[]>('POST', 'cart', '/carts/search', {
      body: { q: `customerId:${customerId}` },
    }),
  );
  if (!api.holds('cart.cart_manage')) return <div />;
  return (
    <Card title={words.carts}>
      <Load of={found}>
        {(carts) =>
          carts.length === 0 ? (
            <Empty title={words.noCarts} hint={words.noCartsHint} />
          ) : (
            <Table
              label={words.carts}
              rows={carts}
              keyOf={({ id }) => id}
              columns={[
                { title: 'Id', of: ({ id }) => <code class="value">{id}</code> },
                { title: sessions.site, of: ({ siteCode }) => siteCode },
                { title: sessions.state, of: ({ status }) => status ?? '' },
                {
                  title: session.total,
                  of: ({ totalPrice, currency }) => locale.money(totalPrice?.amount ?? 0, currency),
                  isNumber: true,
                },
              ]}
            />
          )
        }
      </Load>
    </Card>
  );
}

function ErasedCard({ erased: { erased } }: { readonly erased: Erased }) {
  const { customer: words } = useTexts();
  return (
    <>
      <h1>{words.erased}</h1>
      <Card title={words.erasedLead}>
        <Facts
          of={Object.entries(erased).map(([kind, n]) => [words.erasedKinds[kind] ?? kind, n] as const)}
        />
      </Card>
    </>
  );
}
