import { mkdtemp, rm } from 'node:fs/promises';
import { Memberships } from '../../../src/client-management/memberships.service.js';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import {
  Credentials,
  Operator,
  type ShopperClaims,
  SigningKeys,
  TokenIssuer,
} from '../../../src/auth/index.js';
import { AccessTokens } from '../../../src/auth/tokens/access-tokens.js';
import { CarriedTokens } from '../../../src/auth/tokens/carried-tokens.js';
import { CartAtLoginService } from '../../../src/cart/index.js';
import { type Config, readConfig } from '../../../src/config/config.schema.js';
import { AnonymousLoginService } from '../../../src/customer-login/anonymous-login.service.js';
import { CustomerLoginService } from '../../../src/customer-login/customer-login.service.js';
import { CustomerGroups } from '../../../src/customer/accounts/customer-groups.service.js';
import { CredentialChanges } from '../../../src/customer/credentials/credential-changes.service.js';
import { CustomerService, OptInService, PasswordService } from '../../../src/customer/index.js';
import { ClientAuthentication } from '../../../src/oauth/client-authentication.js';
import { OAuthService } from '../../../src/oauth/index.js';
import { RememberedClients } from '../../../src/oauth/remembered-clients.js';
import { RevokedTokens } from '../../../src/oauth/revocation/revoked-tokens.js';
import {
  type Session,
  SessionGate,
  SessionRefreshService,
  SessionService,
  SessionTokenService,
  type Shopper,
  type TokenSet,
} from '../../../src/session/index.js';
import { SiteAccess } from '../../../src/site-settings/index.js';
import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { TenantService } from '../../../src/tenant/index.js';
import { assertionsOf } from './client-assertions.js';
import { RecordedOutbox } from '../events/recorded-outbox.js';
import { RecordedSessions } from '../records/recorded-sessions.js';
import { silentMeter } from '../silent-meter.js';
import { TestClock } from '../test-clock.js';

/** Remembers the sessions whose carts it was asked to hand over. */
class RecordedCarts {
  readonly brought: Session[] = [];
  readonly service: CartAtLoginService = Object.assign(Object.create(CartAtLoginService.prototype), {
    becomeCustomers: async (session: Session) => void this.brought.push(session),
    actFor: async () => undefined,
  });
}

/** What a login needs, without HTTP, on its own embedded store. Carts and mails are only recorded. */
export class LoginServices {
  readonly clock = new TestClock();
  readonly config: Config = readConfig({ NODE_ENV: 'test', KEYS_SECRET: 'a secret of this test only' });
  readonly carts = new RecordedCarts();
  readonly outbox = new RecordedOutbox();
  readonly tenants = new TenantService(this.storage.tenants, this.config, this.clock);
  private readonly keys = new SigningKeys(this.storage.signingKeys, this.config, this.clock);
  readonly issuer = new TokenIssuer(this.keys, this.config, this.clock);
  private readonly operator = new Operator(this.config);
  private readonly remembered = new RememberedClients(
    this.storage.clients,
    this.storage.tenants,
    new RevokedTokens(this.storage.spentJwts, this.clock),
    this.clock,
  );
  readonly credentials = new Credentials(
    new AccessTokens(this.keys, this.config),
    new CarriedTokens(this.keys, this.config),
    this.remembered,
    new SessionGate(this.storage.sessions, this.clock),
    this.operator,
    this.clock,
  );
  private readonly tokens = new SessionTokenService(this.issuer, this.config, this.clock);
  readonly sessions = new SessionService(
    this.storage.sessions,
    this.tenants,
    this.tokens,
    this.config,
    this.clock,
    silentMeter,
  );
  readonly refreshes = new SessionRefreshService(
    this.storage.sessions,
    this.tenants,
    this.tokens,
    this.config,
    this.clock,
    silentMeter,
  );
  readonly passwords = new PasswordService();
  readonly customers = new CustomerService(
    this.storage.customers,
    this.passwords,
    new CredentialChanges(this.storage.customers, new RecordedSessions(), this.outbox.service, this.clock),
    this.tenants,
    this.clock,
  );
  readonly optIns = new OptInService(this.storage.customers, this.outbox.service, this.clock);
  readonly anonymousLogins = new AnonymousLoginService(
    new OAuthService(
      this.remembered,
      this.issuer,
      new ClientAuthentication(
        this.remembered,
        assertionsOf(this.remembered, this.storage.spentJwts, this.config, this.clock),
        this.operator,
        this.clock,
      ),
    ),
    new SiteAccess(this.storage.sites, new CustomerGroups(this.storage.customers)),
    this.sessions,
    this.refreshes,
    this.credentials,
  );
  readonly logins = new CustomerLoginService(
    this.customers,
    this.sessions,
    this.refreshes,
    this.carts.service,
    this.credentials,
    new Memberships(
      this.storage.legalEntities,
      this.storage.contactAssignments,
      this.storage.sessions,
      this.clock,
    ),
  );

  private constructor(
    readonly storage: EmbeddedStorage,
    private readonly folder: string,
  ) {}

  static async open(): Promise<LoginServices> {
    const folder = await mkdtemp(join(tmpdir(), 'logins-'));
    return new LoginServices(await EmbeddedStorage.open(folder), folder);
  }

  async close(): Promise<void> {
    await this.storage.close();
    await rm(this.folder, { recursive: true });
  }

  /** Creates a storefront that is switched on. */
  async storefront(clientId: string, tenant = 'acme'): Promise<void> {
    const now = this.clock.now();
    await this.storage.clients.create({
      clientId,
      tenant,
      kind: 'storefront',
      enabled: true,
      secrets: [],
      scopes: [],
      epoch: 'epoch',
      createdAt: now,
      modifiedAt: now,
      version: 1,
    });
  }

  /** Returns the shopper that an access token speaks for. */
  async shopper({ accessToken }: Pick<TokenSet, 'accessToken'>): Promise<Shopper> {
    const gate = new SessionGate(this.storage.sessions, this.clock);
    return gate.authorize(decodeJwt<ShopperClaims>(accessToken));
  }

  stored({ sessionId }: { readonly sessionId: string }, tenant = 'acme'): Promise<Session | undefined> {
    return this.storage.sessions.find({ tenant, sessionId }, this.clock.now());
  }
}
