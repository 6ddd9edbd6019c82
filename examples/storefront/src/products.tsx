import type { PartProps } from './act.types.ts';
import { moneyOf } from './money.ts';
import { addToCart, setWeather, sorted } from './shop.ts';

export function Products({ seen, act }: PartProps) {
  const { weather } = seen.context.context;
  return (
    <section aria-label="Products">
      <h2>Products</h2>
      <p class="weather" role="group" aria-label="Weather">
        <button
          type="button"
          aria-pressed={weather === 'rain'}
          onClick={() => void act(() => setWeather('rain'))}
        >
          It rains
        </button>
        <button
          type="button"
          aria-pressed={weather !== 'rain'}
          onClick={() => void act(() => setWeather('sun'))}
        >
          The sun shines
        </button>
      </p>
      <ul class="products">
        {sorted(seen).map((product) => {
          const price = seen.prices.get(product.id);
          return (
            <li key={product.id}>
              <h3>{product.name}</h3>
              <p>{product.about}</p>
              <p class="price">{price ? moneyOf(price.effectiveValue, price.currency) : 'Not sold here'}</p>
              <button
                type="button"
                disabled={!price}
                onClick={() => price && void act(() => addToCart(seen, product, price))}
              >
                Add {product.name.toLowerCase()}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
