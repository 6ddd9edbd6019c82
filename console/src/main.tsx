import { render } from 'preact';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/screens.css';
import { App } from './app/app.tsx';
import { applyTheme, storedTheme } from './app/preferences.tsx';

applyTheme(storedTheme());

/** `#link=…` and `#demo=…` sign in. They are taken out of the address, so that nobody copies it with a code in it. */
const given = new URLSearchParams(location.hash.slice(1));
const [link, demo] = [given.get('link') ?? undefined, given.get('demo') ?? undefined];
if (link !== undefined || demo !== undefined) history.replaceState(null, '', '#/sessions');

const place = document.getElementById('console');
if (place) render(<App link={link} demo={demo} />, place);
