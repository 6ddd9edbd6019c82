import { OneSessionError } from '@onesession/client';
import { render } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { CartView } from './cart.tsx';
import { Header } from './header.tsx';
import { Products } from './products.tsx';
import { SessionPanel } from './session-panel.tsx';
import { shop, type Visit, visit } from './shop.ts';
import './style.css';

function Page() {
  const [seen, setSeen] = useState<Visit>();
  const [problem, setProblem] = useState('');
  const reading = useRef(0);
  const read = useCallback(async (): Promise<void> => {
    const mine = (reading.current += 1);
    const found = await visit();
    // An answer that was overtaken by a newer one would show the past.
    if (mine === reading.current) setSeen(found);
  }, []);
  const act = async (what: () => Promise<unknown>): Promise<void> => {
    try {
      setProblem('');
      await what();
      await read();
    } catch (error) {
      setProblem(error instanceof OneSessionError ? error.message : 'Something went wrong. Reload the page.');
    }
  };
  useEffect(() => {
    void act(async () => undefined);
    const stopped = new AbortController();
    void followed(stopped.signal, read);
    return () => stopped.abort();
  }, []);
  return (
    <>
      {seen && <Header seen={seen} act={act} />}
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {seen ? (
        <main>
          <Products seen={seen} act={act} />
          <CartView seen={seen} act={act} />
          <SessionPanel seen={seen} act={act} />
        </main>
      ) : (
        <p role="status">Opening the shop…</p>
      )}
    </>
  );
}

/** Whatever changes the session, another tab, an employee or an agent, shows here at once. */
async function followed(signal: AbortSignal, read: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of shop.events({ signal, onOpen: () => void read().catch(() => undefined) })) {
        if (event.type !== 'onesession.session.ended') await read();
      }
      // The session has ended. The next request begins a new one, which is followed again.
      await read();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

render(<Page />, document.body);
