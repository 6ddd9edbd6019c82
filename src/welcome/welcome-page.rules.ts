import type { DemoClient } from '../bootstrap/demo-clients.js';
import type { Welcome, WelcomeDetails } from './welcome.types.js';

/** A separate file, because the page's content security policy forbids inline styles. */
export const WELCOME_STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { margin: 0; font-size: 1.75rem; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
.lead { margin: 0.25rem 0 0; opacity: 0.8; }
.state { display: inline-block; margin: 1rem 0 0; padding: 0.1rem 0.6rem; border-radius: 1rem; }
.state { background: #1a7f37; color: #fff; font-size: 0.9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.5rem; margin: 1rem 0 0; }
dt { opacity: 0.7; }
dd { margin: 0; }
pre { margin: 0.5rem 0; padding: 0.75rem 1rem; border-radius: 0.4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: rgb(127 127 127 / 15%); }
code { font: 0.875rem/1.5 ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid rgb(127 127 127 / 30%); text-align: left; }
nav { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 1rem 0 0; }
nav a { padding: 0.35rem 0.9rem; border: 1px solid #3a5fdb; border-radius: 0.5rem; color: inherit; text-decoration: none; }
nav a:first-child { background: #2f50c8; color: #fff; }
.hint { font-size: 0.9rem; opacity: 0.75; }
`;

const LEAD =
  'A self-hosted session layer for commerce storefronts: one session, in the dialects of Emporix and VTEX.';

export function welcomePage({ origin, details }: Welcome): string {
  // In production, the page does not even name the product.
  const title = details ? 'onesession' : 'Running';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="welcome.css" />
  </head>
  <body>
    <main>
      <h1>${title}</h1>
${details ? detailed(origin, details) : ''}    </main>
  </body>
</html>
`;
}

const detailed = (
  origin: string,
  { version, store, hasDocs, hasGuide, hasConsole, demoClients }: WelcomeDetails,
): string => `\
      <p class="lead">${LEAD}</p>
      <p class="state">running</p>
      <dl>
        <dt>Version</dt><dd>${escaped(version)}</dd>
        <dt>Store</dt><dd>${store === 'mongo' ? 'MongoDB' : 'embedded (LMDB)'}</dd>
        <dt>Address</dt><dd><code>${escaped(origin)}</code></dd>
      </dl>
${hasConsole ? consoleLinks(demoClients) : ''}      <h2>Look around</h2>
      <ul>
${hasDocs ? docs(hasGuide) : ''}        <li><a href="health/ready">Health</a>: whether the service is ready</li>
        <li><a href=".well-known/oauth-authorization-server">OAuth metadata</a>: where to get tokens</li>
      </ul>
${demoClients.length > 0 ? demo(origin, demoClients) : ''}`;

/** The sign-in goes by the fragment, which names a client and contains no secret. */
function consoleLinks(clients: readonly DemoClient[]): string {
  const signIns = clients
    .filter(({ secret }) => secret !== undefined)
    .map(({ tenant, clientId }) => {
      const href = `console/#demo=${encodeURIComponent(clientId)}`;
      return `        <a href="${escaped(href)}">Open the console of ${escaped(tenant)} as ${escaped(clientId)}</a>\n`;
    });
  const links = signIns.length > 0 ? signIns.join('') : '        <a href="console/">Open the console</a>\n';
  return `\
      <h2>Console</h2>
      <p class="hint">Find a session, see why its values are what they are, and change them, in your browser.</p>
      <nav aria-label="Console">
${links}      </nav>
`;
}

const GUIDE =
  '<a href="docs/guide/">Guide</a>: start, tutorials, operations, and everything else that is written down';
const NO_GUIDE = 'Guide: run <code>npm run build:guide</code>, then load this page again';

const docs = (hasGuide: boolean): string => `\
        <li>${hasGuide ? GUIDE : NO_GUIDE}</li>
        <li><a href="docs">The API</a>: read about every route and try it</li>
        <li><a href="docs/clients">Clients</a>: how to point an Emporix or VTEX storefront here</li>
        <li><a href="openapi.json">OpenAPI description</a></li>
`;

function demo(origin: string, clients: readonly DemoClient[]): string {
  const rows = clients.map(
    ({ tenant, clientId, secret }) =>
      `          <tr><td>${escaped(tenant)}</td><td><code>${escaped(clientId)}</code></td>` +
      `<td>${secret === undefined ? 'none: public' : `<code>${escaped(secret)}</code>`}</td></tr>\n`,
  );
  const lines = firstLines(origin, clients).map((line) => `      <pre><code>${escaped(line)}</code></pre>\n`);
  return `\
      <h2>Try it</h2>
${lines.join('')}      <h2>Demo clients</h2>
      <table>
        <thead><tr><th>Tenant</th><th>Client id</th><th>Secret</th></tr></thead>
        <tbody>
${rows.join('')}        </tbody>
      </table>
      <p class="hint">These secrets are published with the demo data. They are refused in production.</p>
`;
}

/** Returns commands that get an anonymous session, a service token, and a session of the VTEX dialect. */
export function firstLines(origin: string, clients: readonly DemoClient[]): readonly string[] {
  const storefront = clients.find(({ secret }) => secret === undefined);
  const backend = clients.find(({ secret }) => secret !== undefined);
  return [
    ...(storefront
      ? [
          `curl '${origin}/customerlogin/auth/anonymous/login?tenant=${storefront.tenant}&client_id=${storefront.clientId}'`,
          `curl -X POST '${origin}/api/sessions?an=${storefront.tenant}'`,
        ]
      : []),
    ...(backend
      ? [
          `curl -d grant_type=client_credentials -d client_id=${backend.clientId} -d client_secret=${backend.secret} ` +
            `'${origin}/oauth/token'`,
        ]
      : []),
  ];
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
