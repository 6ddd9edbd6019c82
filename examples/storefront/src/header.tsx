import { useState } from 'preact/hooks';
import type { PartProps } from './act.types.ts';
import { changeCurrency, changeSite, shop } from './shop.ts';

const SITES = [
  { code: 'main', name: 'Acme', currencies: ['EUR', 'USD', 'GBP'] },
  { code: 'us', name: 'Acme US', currencies: ['USD'] },
  { code: 'b2b', name: 'Acme for business', currencies: ['EUR'] },
] as const;

export function Header({ seen, act }: PartProps) {
  const { siteCode, currency, customerId } = seen.context;
  const site = SITES.find(({ code }) => code === siteCode) ?? SITES[0];
  return (
    <header>
      <h1>{site.name}</h1>
      <label>
        Site{' '}
        <select value={siteCode} onChange={(e) => void act(() => changeSite(seen, e.currentTarget.value))}>
          {SITES.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Currency{' '}
        <select
          value={currency}
          onChange={(e) => void act(() => changeCurrency(seen, e.currentTarget.value))}
        >
          {site.currencies.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </select>
      </label>
      {customerId === undefined ? (
        <LogIn act={act} />
      ) : (
        <button type="button" onClick={() => void act(() => shop.logOut())}>
          Log out
        </button>
      )}
    </header>
  );
}

function LogIn({ act }: Pick<PartProps, 'act'>) {
  const [email, setEmail] = useState('anna@acme.test');
  const [password, setPassword] = useState('demo-Anna-2026');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act(() => shop.logIn(email, password));
      }}
    >
      <label>
        E-mail{' '}
        <input
          type="email"
          autocomplete="username"
          value={email}
          onInput={(e) => setEmail(e.currentTarget.value)}
        />
      </label>
      <label>
        Password{' '}
        <input
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
      </label>
      <button>Log in</button>
    </form>
  );
}
