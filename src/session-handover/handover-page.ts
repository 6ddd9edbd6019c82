/** The page is the same for every link. Styles and script are files, because its policy forbids what is inline. */
export const HANDOVER_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>Continue on this device?</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="page.css" />
    <script type="module" src="page.js"></script>
  </head>
  <body>
    <main>
      <h1>Continue on this device?</h1>
      <noscript><p>This page needs JavaScript, which is switched off in this browser.</p></noscript>
      <p id="state" role="status">Looking at the link…</p>
      <div id="offer" hidden>
        <p>This link continues a visit to <strong id="shop"></strong>. In the cart: <strong id="items"></strong>.</p>
        <p class="warning">
          <strong>Only continue if you asked for this link yourself,</strong> for example by scanning a code that your
          own phone shows. The maker of the link sees and can change this cart until you log in. If somebody sent it
          to you unasked, close this page.
        </p>
        <p>A cart that this browser already has at this shop is replaced.</p>
        <button id="continue" type="button">Continue here</button>
      </div>
      <p><a id="back" hidden>Go to the shop</a></p>
    </main>
  </body>
</html>
`;

export const HANDOVER_STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; }
.warning { padding: 0.75rem 1rem; border-left: 0.3rem solid #b45309; background: rgb(127 127 127 / 15%); }
button { padding: 0.6rem 1.4rem; border: 0; border-radius: 0.5rem; background: #2f50c8; color: #fff; font: inherit; }
button:disabled { background: #5a5f6e; }
button:focus-visible, a:focus-visible { outline: 0.2rem solid #b45309; outline-offset: 0.15rem; }
[hidden] { display: none; }
`;

/** Takes the token out of the address first, so that it is neither in the history nor in what is copied from there. */
export const HANDOVER_SCRIPT = `const token = new URLSearchParams(location.hash.slice(1)).get('handover');
history.replaceState(null, '', location.pathname);

const byId = (id) => document.getElementById(id);
const path = location.pathname.replace(/\\/$/, '');

const WHY = {
  401: 'This link does not work any more: it was used already, is too old, or its visit has ended. Make a new one on the other device.',
  409: 'Somebody has logged in with this visit, so a link can\\u2019t open it. Log in at the shop to see the cart.',
  429: 'Too many tries. Wait a minute, then open the link again.',
};

const tell = (text) => {
  byId('state').textContent = text;
  byId('state').hidden = text === '';
};

const send = (url) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });

const refuse = (status) => {
  byId('offer').hidden = true;
  tell(WHY[status] ?? 'Something went wrong. Open the link again.');
};

async function look() {
  if (!token) return refuse(401);
  const answer = await send(path + '/preview');
  if (!answer.ok) return refuse(answer.status);
  const { shop, siteCode, items } = await answer.json();
  byId('shop').textContent = siteCode ? shop + ' (' + siteCode + ')' : shop;
  byId('items').textContent = items === 0 ? 'nothing yet' : items === 1 ? '1 product' : items + ' products';
  tell('');
  byId('offer').hidden = false;
}

async function open() {
  byId('continue').disabled = true;
  const answer = await send(path);
  if (!answer.ok) return refuse(answer.status);
  const { shopUrl } = await answer.json();
  byId('offer').hidden = true;
  tell('Done. You can go on shopping in this browser.');
  if (!shopUrl) return;
  byId('back').href = shopUrl;
  byId('back').hidden = false;
  location.replace(shopUrl);
}

const failed = () => refuse(0);
byId('continue').addEventListener('click', () => open().catch(failed));
look().catch(failed);
`;
