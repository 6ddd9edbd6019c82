import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { IdentityProvider } from '../../../src/tenant/index.js';
import { demoWith, removeDemo } from '../data/demo-file.js';

const ISSUER = 'https://login.acme.test';

interface Signing {
  readonly issuer?: string;
  readonly audience?: string;
  readonly kid?: string;
  /** A claim to leave out. */
  readonly without?: 'exp' | 'sub';
}

/** An OpenID Connect issuer with one key, which it returns to every caller on loopback. */
export class OutsideIssuer {
  /** How often its keys were fetched. */
  keysAsked = 0;
  private readonly files: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly privateKey: CryptoKey,
    /** Seconds since 1970. */
    private readonly now: () => number,
  ) {}

  /** @param now seconds since 1970 */
  static async open(now: () => number): Promise<OutsideIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] });
    const server = createServer((request, response) => {
      if (request.url === '/huge') return void response.end(`{"keys":[],"x":"${'x'.repeat(300_000)}"}`);
      if (request.url !== '/jwks') return void response.writeHead(500).end();
      issuer.keysAsked += 1;
      response.end(jwks);
    }).listen(0, '127.0.0.1');
    const issuer = new OutsideIssuer(server, privateKey, now);
    await new Promise((resolve) => server.once('listening', resolve));
    return issuer;
  }

  /** Signs a token for `acme`, valid for a minute unless the claims say otherwise. */
  sign(
    claims: JWTPayload,
    { issuer = ISSUER, audience = 'acme', kid = 'k1', without }: Signing = {},
  ): Promise<string> {
    const token = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid });
    token.setIssuer(issuer).setAudience(audience);
    if (without !== 'sub') token.setSubject('outside-17');
    if (without !== 'exp') token.setExpirationTime(claims.exp ?? this.now() + 60);
    return token.sign(this.privateKey);
  }

  /** How a tenant that trusts this issuer declares it. The keys of the configs `broken` and `huge` can't be read. */
  get providers(): readonly IdentityProvider[] {
    const { port } = this.server.address() as AddressInfo;
    const at = (config: string, path: string): IdentityProvider => ({
      config,
      issuer: ISSUER,
      jwksUri: `http://127.0.0.1:${port}${path}`,
      audience: 'acme',
    });
    return [at('default', '/jwks'), at('broken', '/broken'), at('huge', '/huge')];
  }

  /** The demo data, where `acme` trusts this issuer. @returns the file */
  bootstrapFile(): string {
    const file = demoWith({ identityProviders: this.providers });
    this.files.push(file);
    return file;
  }

  close(): void {
    this.server.close();
    this.files.forEach(removeDemo);
  }
}
