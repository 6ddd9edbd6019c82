import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../../scripts/guide/blocks.js';
import { Ctl } from '../../support/programs/ctl.js';
import { openShop, type Shop } from '../../support/shop.js';
import { JWT_BEARER, SigningClient } from '../../support/people/signing-client.js';

const ISSUER = 'http://onesession.test';

/** How the page changes a key, as the words of each command. */
const CHANGE_OF_A_KEY = (blocksFor('test/stories/ctl/client-keys.e2e-spec.ts', 'docs/clients.md')[0] ?? '')
  .trim()
  .split('\n')
  .map((line) => line.replace('npx onesession ', '').split(' '));

describe('A tenant looks after the keys of its clients at the command line', () => {
  let shop: Shop;
  let ctl: Ctl;
  let folder: string;
  let feed: SigningClient;
  const now = (): number => shop.clock.now().getTime() / 1000;
  const file = (name: string, content?: string | object): string => {
    const path = join(folder, name);
    if (content !== undefined)
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const token = (client_assertion: string) =>
    shop.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', client_assertion_type: JWT_BEARER, client_assertion });
  const kidsOf = async (): Promise<readonly string[]> =>
    (await ctl.json(['clients', 'keys', 'acme-feed'])).items.map(({ kid }: { kid: string }) => kid);

  beforeAll(async () => {
    shop = await openShop();
    ctl = Ctl.ofBackend(shop.url);
    folder = mkdtempSync(join(tmpdir(), 'onesession-keys-'));
    feed = await SigningClient.of('acme-feed', ISSUER, now);
    await ctl.json(['clients', 'create', 'acme-feed', '--scope', 'site.site_read']);
  });
  afterAll(async () => {
    ctl.remove();
    rmSync(folder, { recursive: true });
    await shop.close();
  });

  it('and sees that a client has none', async () => {
    expect(await ctl.json(['clients', 'keys', 'acme-feed'])).toEqual({ items: [] });
    expect(await ctl.prints(['clients', 'keys', 'acme-feed'])).toContain('acme-feed has no keys');
    await ctl.fails(['clients', 'keys', 'acme-nobody'], 5);
  });

  it('and makes a key pair: the private key is in a file that only its owner can read, and it works', async () => {
    const path = file('made.pem');
    const made = await ctl.json(['clients', 'make-key', 'acme-feed', path], 'ClientDto');
    const [{ kid }] = made.keys;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const key = await importPKCS8(readFileSync(path, 'utf8'), 'ES256');
    const claims = { iss: 'acme-feed', sub: 'acme-feed', aud: ISSUER, jti: 'made', exp: now() + 60 };
    await token(await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(key)).expect(200);
    expect(await ctl.fails(['clients', 'make-key', 'acme-feed', path], 2)).toContain('file already exists');
    expect(await kidsOf()).toEqual([kid]);
  });

  it.each(['RS256', 'Ed25519'])('and makes one for %s, and is told where it is', async (alg) => {
    const path = file(`${alg}.pem`);
    const { code, out, told } = await ctl.run(['clients', 'make-key', 'acme-feed', path, '--alg', alg]);
    expect({ code, told }).toEqual({
      code: 0,
      told: expect.stringContaining(`The private key is in ${path}.`),
    });
    expect(out).toMatch(/^Authenticates by +client_secret_basic, client_secret_post, private_key_jwt$/m);
    expect(await ctl.prints(['clients', 'keys', 'acme-feed'])).toMatch(new RegExp(` ${alg} `));
  });

  it('and keeps no private key of a client that is not there', async () => {
    const path = file('nobody.pem');
    await ctl.fails(['clients', 'make-key', 'acme-nobody', path], 5);
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
    const short = ['clients', 'make-key', 'acme-storefront', path];
    expect((await ctl.run(short)).told).toContain('jwks');
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('and adds public keys beside them: a JWK, a key set or PEM text, also from standard input', async () => {
    const before = await kidsOf();
    await ctl.json(['clients', 'add-key', 'acme-feed', file('feed.jwk.json', feed.publicJwk)], 'ClientDto');
    await token(await feed.assertion()).expect(200);
    const [two, three] = await Promise.all(
      ['k2', 'k3'].map((kid) => SigningClient.of('acme-feed', ISSUER, now, { kid })),
    );
    const set = { keys: [two?.publicJwk, three?.publicJwk] };
    await ctl.json(['clients', 'add-key', 'acme-feed', file('feed.jwks.json', set)]);
    const other = await SigningClient.of('acme-feed', ISSUER, now);
    await ctl.json(['clients', 'add-key', 'acme-feed', '-'], undefined, {
      input: `# of the feed\n${other.publicPem}`,
    });
    expect(await kidsOf()).toEqual([...before, 'k1', 'k2', 'k3', expect.stringMatching(/^[\w-]{43}$/)]);
  });

  it('and never sends a private key', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const before = await kidsOf();
    const pem = file('private.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    const jwk = file('private.json', { keys: [privateKey.export({ format: 'jwk' })] });
    for (const path of [pem, jwk]) {
      for (const words of [
        ['clients', 'add-key', 'acme-feed', path],
        ['clients', 'change', 'acme-feed', '--jwks', path],
      ]) {
        const told = await ctl.fails(words, 2);
        expect(told).toContain(`${path} has a private key, which must stay with the client`);
        expect(told).toContain(`openssl pkey -in ${path} -pubout`);
      }
    }
    expect(await kidsOf()).toEqual(before);
  });

  it('and is told what a file has to have', async () => {
    for (const content of ['no key', '7', '[]', 'null'])
      await ctl.fails(['clients', 'add-key', 'acme-feed', file('wrong', content)], content === '[]' ? 1 : 2);
    expect(await ctl.fails(['clients', 'add-key', 'acme-feed', file('missing')], 2)).toContain(
      "missing can't be read: no such file",
    );
    const wrong = file('short.json', { keys: [{ kty: 'oct' }] });
    expect(await ctl.fails(['clients', 'add-key', 'acme-feed', wrong], 1)).toContain('jwks.keys.');
  });

  it('and removes one by its kid or its thumbprint, asking first; its tokens stay valid', async () => {
    const { body } = await token(await feed.assertion()).expect(200);
    const words = ['clients', 'remove-key', 'acme-feed', 'k1'];
    expect(await ctl.fails(words, 6)).toContain('Add --yes');
    await token(await feed.assertion()).expect(200);
    await ctl.json([...words, '--yes', '--reason', 'the new one is in use'], 'ClientDto');
    await token(await feed.assertion()).expect(401);
    await shop.as(body.access_token).get('/site/acme/siteslist').expect(200);
    const told = await ctl.fails([...words, '--yes'], 5);
    expect(told).toContain('acme-feed has no key k1. See them with: onesession clients keys acme-feed');
    const [first] = (await ctl.json(['clients', 'keys', 'acme-feed'])).items;
    await ctl.json(['clients', 'remove-key', 'acme-feed', first.thumbprint, '--yes']);
    expect(await kidsOf()).not.toContain(first.kid);
    const { lines } = await shop.storage.audit.list('acme', { action: 'client.change', limit: 2 });
    expect(lines.map(({ reason }) => reason)).toContain('the new one is in use');
  });

  it('and ends all tokens of the client if the key leaked', async () => {
    const leaked = await SigningClient.of('acme-feed', ISSUER, now, { kid: 'leaked' });
    await ctl.json(['clients', 'add-key', 'acme-feed', file('leaked.json', leaked.publicJwk)]);
    const { body } = await token(await leaked.assertion()).expect(200);
    await ctl.json(['clients', 'remove-key', 'acme-feed', 'leaked', '--leaked', '--yes']);
    await shop.as(body.access_token).get('/site/acme/siteslist').expect(401);
    await token(await leaked.assertion()).expect(401);
  });

  it('as docs/clients.md shows', async () => {
    const old = await SigningClient.of('acme-feed', ISSUER, now, { kid: '2026-01' });
    await ctl.json(['clients', 'add-key', 'acme-feed', file('2026-01.json', old.publicJwk)]);
    expect(CHANGE_OF_A_KEY).toHaveLength(3);
    for (const words of CHANGE_OF_A_KEY) {
      const answered = words.includes('remove-key') ? [...words, '--yes'] : words;
      const { code, told } = await ctl.run(answered, { cwd: folder });
      expect({ code, told }, words.join(' ')).toMatchObject({ code: 0 });
    }
    expect(readFileSync(file('next.pem'), 'utf8')).toContain('PRIVATE KEY');
    await token(await old.assertion()).expect(401);
  });

  it('but not the last one of a client that has no secret', async () => {
    const only = file('only.json', feed.publicJwk);
    await ctl.json(['clients', 'create', 'acme-only', '--scope', 'site.site_read', '--jwks', only]);
    expect(await ctl.fails(['clients', 'remove-key', 'acme-only', 'k1', '--yes'], 1)).toContain(
      'give it something else first',
    );
    await ctl.json(['clients', 'rotate-secret', 'acme-only']);
    const left = await ctl.json(['clients', 'remove-key', 'acme-only', 'k1', '--yes'], 'ClientDto');
    expect(left.tokenEndpointAuthMethods).toEqual(['client_secret_basic', 'client_secret_post']);
  });

  it('and leaves those alone that a client publishes itself', async () => {
    const jwksUri = 'https://feed.example/jwks.json';
    await ctl.json(['clients', 'create', 'acme-own', '--scope', 'site.site_read', '--jwks-uri', jwksUri]);
    expect(await ctl.prints(['clients', 'keys', 'acme-own'])).toBe(
      `acme-own publishes its keys at ${jwksUri}\n`,
    );
    expect(await ctl.json(['clients', 'keys', 'acme-own'])).toEqual({ items: [], jwksUri });
    const path = file('own.json', feed.publicJwk);
    expect(await ctl.fails(['clients', 'add-key', 'acme-own', path], 1)).toContain('add the key there');
  });
});
