import type { PartProps } from './act.types.ts';
import { moneyOf } from './money.ts';
import { shop } from './shop.ts';

export function CartView({ seen: { cart }, act }: PartProps) {
  return (
    <section aria-label="Cart">
      <h2>Cart</h2>
      {cart.items.length === 0 ? (
        <p>Your cart is empty. Add something that you like.</p>
      ) : (
        <>
          <ul class="lines">
            {cart.items.map((item) => (
              <li key={item.id}>
                <span>{item.itemYrn?.split(';')[1]}</span>
                <input
                  type="number"
                  min={1}
                  max={99}
                  aria-label={`Pieces of ${item.itemYrn?.split(';')[1]}`}
                  value={item.quantity}
                  onChange={(e) =>
                    void act(() => shop.carts.setQuantity(cart.id, item.id, Number(e.currentTarget.value)))
                  }
                />
                <button type="button" onClick={() => void act(() => shop.carts.removeItem(cart.id, item.id))}>
                  Remove
                </button>
              </li>
            ))}
          </ul>
          <p class="price">Total {moneyOf(cart.totalPrice?.amount ?? 0, cart.currency)}</p>
        </>
      )}
    </section>
  );
}
