import { DEVELOPMENT_OPERATOR_SECRET } from '../../../src/config/config.schema.js';
import { type CustomerUser, HttpUser, Visitor } from '../people/http-user.js';

const TENANT = 'acme';
const SPARE_CLIENTS = 20;

/** The callers of the service. Each token is for its own session, so that ending one ends no other. */
export class Callers {
  private readonly anybody = new HttpUser(this.url);
  private customers = 0;

  private constructor(
    private readonly url: string,
    private readonly spares: readonly Client[],
  ) {}

  static async of(url: string): Promise<Callers> {
    return new Callers(url, await spareClients(url));
  }

  visitor = async (): Promise<string> => (await this.newVisitor()).accessToken ?? '';

  customer = async (): Promise<string> => (await this.newCustomer()).accessToken ?? '';

  /** Uses the first client that is left: a service may delete clients, including its own. */
  service = async (): Promise<string> => {
    for (const client of this.spares) {
      const token = await this.tokenOf(client);
      if (token !== undefined) return token;
    }
    throw new Error('none of the spare clients is left');
  };

  /** The backend of another tenant. */
  stranger = async (): Promise<string> =>
    (await this.tokenOf({ clientId: 'globex-backend', secret: 'globex-backend-secret' })) ?? '';

  /** Of a service whose `OPERATOR_SECRET` is the published one. */
  operator = async (): Promise<string> =>
    (await this.tokenOf({ clientId: 'operator', secret: DEVELOPMENT_OPERATOR_SECRET })) ?? '';

  /** Signs up a new customer each time, because an earlier one may have changed the password. */
  async newCustomer(): Promise<CustomerUser> {
    const person = { email: `fuzz-${++this.customers}@acme.test`, password: 'fuzz-Password-2026' };
    const visitor = await this.newVisitor();
    await visitor.post(`/customer/${TENANT}/signup`, person).expect(201);
    return visitor.logIn(person.email, person.password);
  }

  private async tokenOf(client: Client): Promise<string | undefined> {
    const { body } = await tokenAnswer(this.anybody, client);
    return body.access_token;
  }

  async newVisitor(): Promise<Visitor> {
    const login = `/customerlogin/auth/anonymous/login?tenant=${TENANT}&client_id=acme-storefront`;
    return new Visitor(this.url, TENANT, 'acme-storefront', (await this.anybody.get(login).expect(200)).body);
  }
}

export type Role = 'visitor' | 'customer' | 'service' | 'stranger' | 'operator';

interface Client {
  readonly clientId: string;
  readonly secret: string;
}

const tokenAnswer = (user: HttpUser, { clientId, secret }: Client) =>
  user
    .post('/oauth/token')
    .type('form')
    .send({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });

async function spareClients(url: string): Promise<readonly Client[]> {
  const backend = { clientId: 'acme-backend', secret: 'acme-backend-secret' };
  const { body } = await tokenAnswer(new HttpUser(url), backend).expect(200);
  const employee = new HttpUser(url, body.access_token);
  const scopes: string[] = (await employee.get(`/admin/${TENANT}/clients/${backend.clientId}`).expect(200))
    .body.scopes;
  const spares: Client[] = [];
  for (let number = 1; number <= SPARE_CLIENTS; number++) {
    const client = { clientId: `fuzz-${number}`, kind: 'backend', scopes };
    const made = await employee.post(`/admin/${TENANT}/clients`, client).expect(201);
    spares.push({ clientId: client.clientId, secret: made.body.secret });
  }
  return spares;
}
