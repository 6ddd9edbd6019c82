import { createServer } from 'node:http';

/**
 * Answers nginx's `auth_request` by token introspection (RFC 7662). nginx looks at a status, and introspection always
 * answers 200, so something has to read the body.
 */
const {
  PORT = '4002',
  ONESESSION_URL = 'http://127.0.0.1:3000',
  CLIENT_ID = '',
  CLIENT_SECRET = '',
} = process.env;

// A refresh token may be active too, but it is no access token.
const ACCESS_TOKENS = new Set(['anonymous', 'customer', 'service']);

const basic = btoa(`${encodeURIComponent(CLIENT_ID)}:${encodeURIComponent(CLIENT_SECRET)}`);

/** @returns what the token is worth now, or undefined if the service can't say */
async function introspect(token) {
  try {
    const response = await fetch(`${ONESESSION_URL}/oauth/introspect`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ token }),
      signal: AbortSignal.timeout(2_000),
    });
    if (response.ok) return await response.json();
    console.error(`introspection answered ${response.status}`);
  } catch (error) {
    console.error(`introspection failed: ${error.message}`);
  }
  return undefined;
}

const server = createServer(async (request, response) => {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const found = token === undefined ? { active: false } : await introspect(token);
  // Nobody knows: nginx answers 500 and lets nothing through.
  if (found === undefined) return response.writeHead(503).end();
  if (!found.active || !ACCESS_TOKENS.has(found.token_use)) {
    return response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
  }
  response.writeHead(204, {
    'x-session-tenant': found.tenant,
    'x-session-id': found.sid ?? '',
    'x-session-subject': encodeURIComponent(found.sub),
    'x-session-scope': found.scope,
  });
  response.end();
});

server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`authorizer listens on http://127.0.0.1:${server.address().port}`);
});
