import { readFileSync } from 'node:fs';
import { SigningKeys } from '../src/auth/keys/signing-keys.ts';
import { TokenVerifier } from '../src/auth/token.verifier.ts';
import { TokenIssuer } from '../src/auth/tokens/token-issuer.ts';
import { bootstrapSchema } from '../src/bootstrap/bootstrap.schema.ts';
import { toClient, toCustomer, toSite } from '../src/bootstrap/declared-records.ts';
import { toVtexSettings } from '../src/bootstrap/vtex.schema.ts';
import { readConfig } from '../src/config/config.schema.ts';
import { anonymousSession } from '../src/session/index.ts';
import { SystemClock } from '../src/shared/clock.ts';
import { CookieProofs } from '../src/vtex/cookies/cookie-proofs.ts';
import { CookieReader } from '../src/vtex/cookies/cookie-reader.ts';
import { SessionCycle } from '../src/vtex/cycle/session-cycle.service.ts';
import { AuthenticationApp } from '../src/vtex/transforms/apps/authentication.app.ts';
import { CheckoutApp } from '../src/vtex/transforms/apps/checkout.app.ts';
import { DefaultApps } from '../src/vtex/transforms/apps/default-apps.ts';
import { ImpersonateApp } from '../src/vtex/transforms/apps/impersonate.app.ts';
import { ProfileApp } from '../src/vtex/transforms/apps/profile.app.ts';
import { RnbApp } from '../src/vtex/transforms/apps/rnb.app.ts';
import { StoreApp } from '../src/vtex/transforms/apps/store.app.ts';
import { InstalledApps } from '../src/vtex/transforms/installed-apps.ts';
import { TransformRunner } from '../src/vtex/transforms/transform-runner.ts';
import { BasisService } from '../src/vtex/values/session-facts.service.ts';

const TENANT = 'acme';

/** By what an employee acts as a customer who came by a campaign: each of the six apps has something to say. */
const ASKED = new Map(
  Object.entries({
    'public.utm_campaign': 'black friday',
    'public.country': 'BRA',
    'public.postalCode': '05408000',
    'public.vtex-impersonated-customer-email': 'anna@acme.test',
    'public.vtex-impersonation-reason': 'orders by telephone',
  }),
);

/**
 * The built code as the service wires it, with records of the demo data in memory where it has a store.
 * @returns a session before its first request, and the whole of what the apps make of that request; nothing is saved
 */
export async function sixApps() {
  const clock = new SystemClock();
  const records = demoRecords(clock.now());
  const config = readConfig({});
  const keys = new SigningKeys(keysInMemory(), config, clock);
  const { clientId, epoch, scopes } = records.client;
  const staff = await new TokenIssuer(keys, config, clock).serviceToken(
    { tenant: TENANT, clientId, epoch },
    scopes,
  );
  const proofs = new CookieProofs(
    new TokenVerifier(keys, config, clock),
    { sessionOf: async () => undefined },
    { authorize: async () => scopes },
    { find: async () => records.client },
    clock,
  );
  const cycle = new SessionCycle(
    new BasisService({ list: async () => records.sites }, records.customers),
    { of: async () => records.settings },
    installedApps(proofs, records.customers),
    new CookieReader(proofs, clock),
    new TransformRunner(config),
    clock,
  );
  const session = anonymousSession(
    { tenant: TENANT, sessionId: '62528895-b561-4518-bfdc-2cbf52a07845', clientId: 'vtex_session', epoch },
    clock.now(),
  );
  const cookies = new Map([['VtexIdclientAutCookie', staff.token]]);
  const request = { asked: ASKED, cookies, complete: true, retry: true };
  return { session, transform: () => cycle.plan(session, request) };
}

function installedApps(proofs, customers) {
  const defaults = new DefaultApps(
    new StoreApp(customers),
    new AuthenticationApp(proofs, customers),
    new ProfileApp(customers),
    new RnbApp(customers),
    new CheckoutApp(),
  );
  return new InstalledApps(defaults, new ImpersonateApp(customers));
}

function demoRecords(now) {
  const { tenants } = bootstrapSchema.parse(JSON.parse(readFileSync('bootstrap/demo.json', 'utf8')));
  const { clients, sites, customers, vtex } = tenants.find(({ name }) => name === TENANT);
  const all = customers.map((customer, i) =>
    toCustomer(TENANT, customer, { id: `customer-${i}`, passwordHash: '', now }),
  );
  return {
    client: toClient(
      TENANT,
      clients.find(({ kind }) => kind === 'backend'),
      now,
    ),
    sites: sites.map((site) => toSite(TENANT, site)),
    settings: { ...toVtexSettings(TENANT, vtex), impersonateInstalled: true },
    customers: {
      find: async (_tenant, id) => all.find((customer) => customer.id === id),
      findByEmail: async (_tenant, email) => all.find((customer) => customer.email === email),
    },
  };
}

function keysInMemory() {
  const keys = [];
  return { list: async () => keys, add: async (key) => void keys.unshift(key) };
}
