import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServiceProcess } from '../reliability/support/service-process.js';
import { newMongoUri } from '../support/drivers.js';
import { HttpUser, Visitor } from '../support/http-user.js';
import { fuzz, installSchemathesis, type Outcome } from './schemathesis.js';

/** The short form is for CI: it is bounded by time, and all its cases are the same in each run. */
const { examples, seconds } =
  process.env.FUZZ === 'full' ? { examples: 100, seconds: 1_200 } : { examples: 2, seconds: 40 };

const outcomes: Outcome[] = [];

beforeAll(() => installSchemathesis());

afterAll(() => {
  const sum = (of: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[of], 0);
  process.stdout.write(`fuzz: ${sum('cases')} cases, ${sum('failures')} failures\n`);
});

describe.each(['embedded', 'mongo'])('The wire on the %s store', (store) => {
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await ServiceProcess.create(store === 'mongo' ? { MONGODB_URI: newMongoUri() } : {});
    await service.start();
  });
  afterAll(() => service.dispose());

  // The service last: it may delete the client or the site that the others need.
  it.each(['visitor', 'customer', 'service'] as const)('does as it says for a %s', async (who) => {
    const url = service.instance.url;
    const token = await TOKEN_OF[who](url);
    const outcome = await fuzz({ name: `${store}-${who}`, url, token, examples, seconds });
    outcomes.push(outcome);
    process.stdout.write(`${store}, ${who}: ${outcome.cases} cases, ${outcome.failures} failures\n`);
    expect(outcome.failures, `see reports/fuzz/${store}-${who}.txt`).toBe(0);
  });
});

const visitorOf = async (url: string): Promise<Visitor> => {
  const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
  const { body } = await new HttpUser(url).get(login).expect(200);
  return new Visitor(url, 'acme', 'acme-storefront', body);
};

const TOKEN_OF: Readonly<Record<'service' | 'customer' | 'visitor', (url: string) => Promise<string>>> = {
  service: async (url) => {
    const client = { grant_type: 'client_credentials', client_id: 'acme-backend' };
    const form = { ...client, client_secret: 'acme-backend-secret' };
    return (await new HttpUser(url).post('/oauth/token').type('form').send(form).expect(200)).body
      .access_token;
  },
  customer: async (url) => {
    const anna = await (await visitorOf(url)).logIn('anna@acme.test', 'demo-Anna-2026');
    return anna.accessToken ?? '';
  },
  visitor: async (url) => (await visitorOf(url)).accessToken ?? '',
};
