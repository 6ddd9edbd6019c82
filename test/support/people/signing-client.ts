import { createPublicKey, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A client that authenticates with its own key. */
export class SigningClient {
  private constructor(
    readonly clientId: string,
    /** As it is registered. */
    readonly publicJwk: JWK,
    private readonly privateKey: CryptoKey,
    private readonly audience: string,
    /** Seconds since 1970. */
    private readonly now: () => number,
  ) {}

  static async of(
    clientId: string,
    audience: string,
    now: () => number,
    { alg = 'ES256', kid = 'k1' } = {},
  ): Promise<SigningClient> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const publicJwk = { ...(await exportJWK(publicKey)), kid, alg };
    return new SigningClient(clientId, publicJwk, privateKey, audience, now);
  }

  get publicPem(): string {
    const key = createPublicKey({ key: { ...this.publicJwk }, format: 'jwk' });
    return key.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** The fields of a form. @param claims that differ from good ones; undefined ones are left out */
  async credentials(claims: JWTPayload = {}): Promise<Record<string, string>> {
    return { client_assertion_type: JWT_BEARER, client_assertion: await this.assertion(claims) };
  }

  assertion(claims: JWTPayload = {}): Promise<string> {
    const { alg = '', kid = '' } = this.publicJwk;
    return new SignJWT(this.claims(claims)).setProtectedHeader({ alg, kid }).sign(this.privateKey);
  }

  claims(claims: JWTPayload = {}): JWTPayload {
    const { clientId, audience } = this;
    const good = { iss: clientId, sub: clientId, aud: audience, jti: randomUUID(), exp: this.now() + 60 };
    return JSON.parse(JSON.stringify({ ...good, ...claims }));
  }
}

/** Publishes keys on loopback. */
export class KeyServer {
  /** How often the keys were asked for. */
  asked = 0;
  status = 200;
  body = '';
  location: string | undefined;
  private readonly server: Server = createServer((_request, response) => {
    this.asked += 1;
    response.writeHead(this.status, this.location === undefined ? {} : { location: this.location });
    response.end(this.body);
  });

  static async open(...keys: readonly JWK[]): Promise<KeyServer> {
    const opened = new KeyServer();
    opened.publish(...keys);
    opened.server.listen(0, '127.0.0.1');
    await new Promise((resolve) => opened.server.once('listening', resolve));
    return opened;
  }

  publish(...keys: readonly JWK[]): void {
    this.body = JSON.stringify({ keys });
  }

  get uri(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
