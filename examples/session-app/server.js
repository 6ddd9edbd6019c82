import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';

const {
  PORT = '4000',
  ONESESSION = 'http://127.0.0.1:3000',
  URL_OF_APP = `http://127.0.0.1:${PORT}/`,
} = process.env;
const LONGEST_BODY = 65_536;
const OLDEST_SECONDS = 60;

/** The body of a call, if the call is one of onesession's to this very address, made just now. */
async function verifiedBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const [header, content, signature] = String(request.headers['x-session-signature']).split('.');
  if (!header || content !== '' || !signature) return undefined;
  const { alg, typ, kid, aud, iat } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const isFresh = Math.abs(Date.now() / 1000 - iat) <= OLDEST_SECONDS;
  const key = await publicKey(kid);
  if (alg !== 'ES256' || typ !== 'session-app+jws' || aud !== URL_OF_APP || !isFresh || !key)
    return undefined;
  const signed = Buffer.from(`${header}.${body.toString('base64url')}`);
  const options = { key, dsaEncoding: 'ieee-p1363' };
  return verify('sha256', signed, options, Buffer.from(signature, 'base64url'))
    ? JSON.parse(body)
    : undefined;
}

const keys = new Map();

async function publicKey(kid) {
  if (!keys.has(kid)) {
    const answer = await fetch(`${ONESESSION}/.well-known/jwks.json`);
    for (const jwk of (await answer.json()).keys)
      keys.set(jwk.kid, createPublicKey({ key: jwk, format: 'jwk' }));
  }
  return keys.get(kid);
}

/** What this app is for: a banner that goes with the campaign of the link. */
function outputs({ public: values }) {
  const campaign = values?.utm_campaign?.value;
  return { offers: { banner: { value: campaign ? `Welcome to ${campaign}` : '' } } };
}

createServer(async (request, response) => {
  const body = await verifiedBody(request).catch(() => undefined);
  response.writeHead(body ? 200 : 401, { 'content-type': 'application/json' });
  response.end(body && JSON.stringify(outputs(body)));
}).listen(Number(PORT), '127.0.0.1', () => process.stdout.write('listening\n'));
