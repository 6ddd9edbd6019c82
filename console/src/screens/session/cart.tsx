import type { OneSession } from '../../api/types.ts';
import { useLocale } from '../../i18n/locale.ts';
import { Card, Empty, Id } from '../../ui/parts.tsx';
import { Facts, Table } from '../../ui/table.tsx';

/** `urn:yaas:hybris:product:product:acme;umbrella` is an umbrella. */
const productOf = (yrn: string): string => yrn.slice(yrn.lastIndexOf(';') + 1);

export function CartCard({ session: { cart } }: { readonly session: OneSession }) {
  const locale = useLocale();
  const { session, sessions } = locale.texts;
  if (!cart) {
    return (
      <Card title={session.cart}>
        <Empty title={session.noCart} hint={session.noCartHint} />
      </Card>
    );
  }
  const { currency, items } = cart;
  return (
    <Card title={session.cart}>
      <Facts
        of={[
          ['Id', <Id of={cart.id} />],
          [sessions.site, cart.site],
          [sessions.currency, currency],
          [session.total, <strong class="amount">{locale.money(cart.total, currency)}</strong>],
        ]}
      />
      {items.length > 0 && (
        <Table
          label={session.cart}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: session.item,
              of: ({ id, itemYrn }) => (itemYrn === undefined ? id : productOf(itemYrn)),
            },
            { title: session.quantity, of: ({ quantity }) => locale.number(quantity), isNumber: true },
            { title: session.total, of: ({ total }) => locale.money(total, currency), isNumber: true },
          ]}
        />
      )}
    </Card>
  );
}
