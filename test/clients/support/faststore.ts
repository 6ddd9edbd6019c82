import { createRequire } from 'node:module';
import { GraphqlVtexContextFactory, GraphqlVtexSchema, type StoreSession } from '@faststore/api';
import { blocksFor } from '../../../scripts/guide/blocks.js';

/** The `discovery.config.js` that docs/clients.md shows. */
interface ShopConfig {
  readonly platform: 'vtex';
  readonly api: { readonly storeId: string; readonly environment: 'vtexcommercestable' };
  readonly session: Pick<StoreSession, 'locale' | 'country' | 'currency'> & {
    readonly channel: string;
    readonly postalCode: null;
    readonly person: null;
  };
}

const [TOLD = ''] = blocksFor('test/clients/faststore.clients.ts', 'docs/clients.md');
const CONFIG = configIn(TOLD);

function configIn(code: string): ShopConfig {
  const module: { exports?: ShopConfig } = {};
  new Function('module', code)(module);
  if (!module.exports) throw new Error('docs/clients.md shows no discovery.config.js');
  return module.exports;
}

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
  /** As docs/clients.md configures a shop of the demo tenant. */
  session: Session = {
    ...CONFIG.session,
    city: null,
    geoCoordinates: null,
    b2b: null,
    addressType: null,
    marketingData: null,
  };

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
      platform: CONFIG.platform,
      account: CONFIG.api.storeId,
      environment: CONFIG.api.environment,
      channel: CONFIG.session.channel,
      locale: CONFIG.session.locale,
      hideUnavailableItems: false,
      showSponsored: false,
      incrementAddress: false,
      subDomainPrefix: ['www'],
      OTEL_ENABLED: false,
    };
  }
}

const SCHEMA = GraphqlVtexSchema();
