import { hrefOf } from '../../app/route.ts';
import { useApi } from '../../app/signed-in.ts';
import { useLoad } from '../../app/use-load.ts';
import { usePages } from '../../app/use-pages.ts';
import type { ListPrice, PriceList } from '../../api/types.ts';
import { useLocale, useTexts } from '../../i18n/locale.ts';
import { Badges } from '../../ui/badges.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Card, Load, Time } from '../../ui/parts.tsx';
import { Facts, Table } from '../../ui/table.tsx';
import { CompanyLink } from '../company-link.tsx';

export function PriceLists({ shown }: { readonly shown: string | undefined }) {
  const locale = useLocale();
  const { settings } = locale.texts;
  const { priceList: words } = settings;
  const api = useApi();
  const list = usePages('price-lists', (cursor) =>
    api.shopPage<PriceList>('price', '/price-lists', {}, cursor),
  );
  const title = settings.sections['price-lists'] ?? '';
  return (
    <>
      <Card title={title} lead={words.lead}>
        <PagedList list={list} texts={words}>
          {(items) => (
            <Table
              label={title}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: settings.site.name,
                  of: (one) => (
                    <>
                      <a href={hrefOf(['settings', 'price-lists', one.id])}>{nameIn(locale.language, one)}</a>
                      <span class="sub">{one.id}</span>
                    </>
                  ),
                },
                { title: words.site, of: ({ siteCode }) => siteCode },
                { title: words.currency, of: ({ currency }) => currency ?? words.currencyOfSite },
                { title: words.buyers, of: (one) => <Buyers of={one} /> },
                { title: words.countries, of: ({ countries = [] }) => countries.join(', ') || words.all },
                { title: words.validity, of: (one) => <Validity of={one} /> },
              ]}
            />
          )}
        </PagedList>
      </Card>
      {shown !== undefined && <OneList key={shown} id={shown} />}
    </>
  );
}

/** In the language of the console if the list has it. */
const nameIn = (language: string, { id, name }: PriceList): string =>
  name[language] ?? Object.values(name)[0] ?? id;

function Buyers({ of: { customerGroups = [], legalEntityId } }: { readonly of: PriceList }) {
  const { priceList: words } = useTexts().settings;
  if (legalEntityId !== undefined) return <CompanyLink id={legalEntityId} />;
  if (customerGroups.length === 0) return <>{words.everybody}</>;
  return <Badges of={customerGroups} />;
}

function Validity({ of: { validity } }: { readonly of: PriceList }) {
  const { priceList: words } = useTexts().settings;
  if (validity?.from === undefined && validity?.to === undefined) return <>{words.always}</>;
  return (
    <>
      {validity.from !== undefined && (
        <span class="line">
          {words.from} <Time at={validity.from} />
        </span>
      )}
      {validity.to !== undefined && (
        <span class="line">
          {words.until} <Time at={validity.to} />
        </span>
      )}
    </>
  );
}

function OneList({ id }: { readonly id: string }) {
  const locale = useLocale();
  const { priceList: words } = locale.texts.settings;
  const api = useApi();
  const path = `/price-lists/${encodeURIComponent(id)}`;
  const one = useLoad(`price-list ${id}`, () => api.shop<PriceList>('GET', 'price', path));
  const name = one.data ? nameIn(locale.language, one.data) : id;
  return (
    <Card isAnswer title={words.pricesOf(name)} lead={words.pricesLead}>
      <Load of={one}>
        {(list) => (
          <>
            <Facts
              of={[
                [words.site, list.siteCode],
                [words.currency, list.currency ?? words.currencyOfSite],
                [words.buyers, <Buyers of={list} />],
                [words.countries, list.countries?.join(', ') || words.all],
                [words.validity, <Validity of={list} />],
              ]}
            />
            <Prices of={list} label={words.pricesOf(name)} />
          </>
        )}
      </Load>
    </Card>
  );
}

const BY_ITEM = { sort: 'itemId.id' };

function Prices({ of: list, label }: { readonly of: PriceList; readonly label: string }) {
  const locale = useLocale();
  const { priceList: words } = locale.texts.settings;
  const api = useApi();
  const prices = usePages(`prices ${list.id}`, (cursor) =>
    api.shopPage<ListPrice>('price', `/price-lists/${encodeURIComponent(list.id)}/prices`, BY_ITEM, cursor),
  );
  const amount = (value: number): string =>
    list.currency === undefined ? locale.number(value) : locale.money(value, list.currency);
  return (
    <PagedList list={prices} texts={words.noPrices}>
      {(items) => (
        <Table
          label={label}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: words.item,
              of: ({ itemId }) => (
                <>
                  <code class="value">{itemId.id}</code>
                  <span class="sub">{words.itemTypes[itemId.itemType] ?? itemId.itemType}</span>
                </>
              ),
            },
            { title: words.price, of: ({ id }) => <code class="value">{id}</code> },
            { title: words.model, of: ({ priceModelId }) => priceModelId ?? words.perPiece },
            {
              title: words.amount,
              isNumber: true,
              of: ({ tierValues }) =>
                tierValues.map(({ id, priceValue }, i) => (
                  <span class="line" key={id ?? i}>
                    {amount(priceValue)}
                  </span>
                )),
            },
          ]}
        />
      )}
    </PagedList>
  );
}
