import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { demoWith, removeDemo } from './demo-file.js';

const ISSUER = 'https://login.acme.test';

interface Signing {
  readonly issuer?: string;
  readonly kid?: string;
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
  sign(claims: JWTPayload, { issuer = ISSUER, kid = 'k1' }: Signing = {}): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(issuer)
      .setAudience('acme')
      .setSubject('outside-17')
      .setExpirationTime(claims.exp ?? this.now() + 60)
      .sign(this.privateKey);
  }

  /** Writes the demo data with `acme` trusting this issuer, and two more that do not work. @returns the file */
  bootstrapFile(): string {
    const { port } = this.server.address() as AddressInfo;
    const at = (config: string, path: string) => ({
      config,
      issuer: ISSUER,
      jwksUri: `http://127.0.0.1:${port}${path}`,
      audience: 'acme',
    });
    const identityProviders = [at('default', '/jwks'), at('broken', '/broken'), at('huge', '/huge')];
    const file = demoWith({ identityProviders });
    this.files.push(file);
    return file;
  }

  close(): void {
    this.server.close();
    this.files.forEach(removeDemo);
  }
}
