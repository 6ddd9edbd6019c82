import { createRequire } from 'node:module';
import { GraphqlVtexContextFactory, GraphqlVtexSchema, type StoreSession } from '@faststore/api';

// The copy that FastStore uses. Vite would take another build, and graphql refuses schemas of another copy.
const { graphql }: typeof import('graphql') = createRequire(import.meta.url)('graphql');

const VALIDATE = `mutation ValidateSession($session: IStoreSession!, $search: String!) {
  validateSession(session: $session, search: $search) {
    locale country city postalCode channel
    currency { code symbol }
    geoCoordinates { latitude longitude }
    person { id email givenName familyName }
    marketingData { utmCampaign utmSource utmMedium utmiCampaign utmiPage utmiPart }
    addressType
    b2b { customerId }
  }
}`;

export type Session = Pick<StoreSession, 'locale' | 'country' | 'currency'> & Partial<StoreSession>;

/**
 * A shopper in the browser of a FastStore shop: what the browser keeps of cookies, and the session that the shop's page
 * keeps and has validated again and again, each time with the query of the page.
 */
export class FastStoreShopper {
  readonly cookies = new Map<string, string>();
  /** As a shop of the demo tenant is configured. */
  session: Session = {
    locale: 'en-US',
    country: 'DEU',
    currency: { code: 'EUR', symbol: '€' },
    channel: JSON.stringify({ salesChannel: 'main' }),
    postalCode: null,
    city: null,
    geoCoordinates: null,
    person: null,
    b2b: null,
    addressType: null,
    marketingData: null,
  };

  constructor(private readonly account: string) {}

  /** What FastStore's own page does on each load. @throws Error - FastStore failed */
  async visit(search = '', changes: Partial<Session> = {}): Promise<Session> {
    Object.assign(this.session, changes);
    const context = (await GraphqlVtexContextFactory(this.options()))({
      headers: { host: 'shop.acme.test', ...(this.cookies.size > 0 && { cookie: this.cookieHeader() }) },
    });
    const { data, errors } = await graphql({
      schema: SCHEMA,
      source: VALIDATE,
      contextValue: context,
      variableValues: { session: this.session, search },
    });
    if (errors) throw new Error(`FastStore failed: ${errors.map(({ message }) => message).join('; ')}`);
    for (const [name, { value }] of context.storage.cookies) this.cookies.set(name, value ?? '');
    // Null says that nothing is new.
    if (data?.validateSession) this.session = JSON.parse(JSON.stringify(data.validateSession));
    return this.session;
  }

  /** What FastStore makes of the answer: sales channel and region. */
  get channel(): { salesChannel?: string; regionId?: string; seller?: string } {
    return JSON.parse(this.session.channel ?? '{}');
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private options() {
    return {
      platform: 'vtex' as const,
      account: this.account,
      environment: 'vtexcommercestable' as const,
      channel: JSON.stringify({ salesChannel: 'main' }),
      locale: 'en-US',
      hideUnavailableItems: false,
      showSponsored: false,
      incrementAddress: false,
      subDomainPrefix: ['www'],
      OTEL_ENABLED: false,
    };
  }
}

const SCHEMA = GraphqlVtexSchema();
