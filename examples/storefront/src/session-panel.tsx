import { useMemo, useState } from 'preact/hooks';
import type { PartProps } from './act.types.ts';
import { cacheKeyOf, isCached } from './page-cache.ts';
import { setPostalCode } from './shop.ts';

export function SessionPanel({ seen, act }: PartProps) {
  const { context, segment, region, isCustomer } = seen;
  const key = cacheKeyOf(segment);
  const cached = useMemo(() => isCached(key), [key]);
  return (
    <section aria-label="Session">
      <h2>Your session</h2>
      <dl>
        <dt>Id</dt>
        <dd>
          <code>{context.sessionId}</code>
        </dd>
        <dt>Who</dt>
        <dd>{isCustomer ? `customer ${context.customerId}` : 'guest'}</dd>
        <dt>Version of the context</dt>
        <dd>{context.metadata.version}</dd>
        <dt>Region</dt>
        <dd>{region ?? 'none: enter your postal code'}</dd>
        <dt>Price table</dt>
        <dd>{segment.priceTables ?? 'the usual prices'}</dd>
        <dt>Pages are cached by</dt>
        <dd>
          <code>{key}</code> {cached ? '(this page was in the cache)' : '(new in the cache)'}
        </dd>
      </dl>
      <PostalCode act={act} />
      <p>Open this page in a second tab: both follow the session live.</p>
    </section>
  );
}

function PostalCode({ act }: Pick<PartProps, 'act'>) {
  const [country, setCountry] = useState('BRA');
  const [postalCode, setCode] = useState('05407000');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act(() => setPostalCode(country, postalCode));
      }}
    >
      <label>
        Country{' '}
        <select value={country} onChange={(e) => setCountry(e.currentTarget.value)}>
          <option value="BRA">Brazil</option>
          <option value="DEU">Germany</option>
          <option value="USA">USA</option>
        </select>
      </label>
      <label>
        Postal code <input value={postalCode} onInput={(e) => setCode(e.currentTarget.value)} />
      </label>
      <button>Set region</button>
    </form>
  );
}
