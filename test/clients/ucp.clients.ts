import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShopService } from './support/shop-service.js';
import { type Model, UcpModels } from './support/ucp-models.js';

const AGENT = 'profile="https://agent.example/profile"';
const CARTS = '/ucp/acme/carts';

/** What the tests read of an answer. */
interface Told {
  readonly ucp: { readonly version: string };
  readonly id: string;
  readonly messages: readonly unknown[];
}

const lines = (...wanted: readonly (readonly [product: string, quantity: number])[]) => ({
  line_items: wanted.map(([id, quantity]) => ({ item: { id }, quantity })),
});

describe('The models of the Universal Commerce Protocol’s own SDK', () => {
  let service: ShopService;
  let models: UcpModels;
  let token: string;
  let cartId: string;

  beforeAll(async () => {
    const [sdk = ''] = readFileSync('test/clients/ucp/requirements.in', 'utf8').split('\n');
    process.stdout.write(`client: ${sdk} on the ${process.env['TEST_DRIVER']} store\n`);
    models = await UcpModels.open();
    service = await ShopService.start({ UCP: 'on', UCP_DEFAULT_TENANT: 'acme' });
    const form = {
      grant_type: 'client_credentials',
      client_id: 'acme-agent',
      client_secret: 'acme-agent-secret',
    };
    const answer = await fetch(`${service.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    ({ access_token: token } = (await answer.json()) as { access_token: string });
  });
  afterAll(async () => {
    models?.close();
    await service?.stop();
  });

  const expectValid = async (model: Model, body: unknown): Promise<void> =>
    expect(await models.problemsOf(model, body), JSON.stringify(body)).toEqual([]);

  /** Sends a request whose answer must have this status and fit this model. */
  const sent = async (method: string, path: string, status: number, model: Model, body?: object) => {
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'ucp-agent': AGENT,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const told = (await answer.json()) as Told;
    expect(answer.status, JSON.stringify(told)).toBe(status);
    await expectValid(model, told);
    return told;
  };

  it('refuse what the protocol does not allow', async () => {
    expect(await models.problemsOf('cart', { id: '1' })).not.toEqual([]);
    expect(await models.problemsOf('refusal', { ucp: { version: '2026-08-25', status: 'error' } })).toEqual([
      'messages: Field required',
    ]);
    expect(await models.problemsOf('create', lines(['umbrella', 0]))).not.toEqual([]);
    expect(await models.problemsOf('update', {})).toEqual(['line_items: Field required']);
    expect(await models.problemsOf('profile', { ucp: { version: 'latest' } })).not.toEqual([]);
  });

  it('read the profile of the business', async () => {
    const { ucp } = await sent('GET', '/.well-known/ucp', 200, 'profile');
    expect(ucp.version).toBe('2026-08-25');
  });

  it('read a cart that is created, read, changed and canceled', async () => {
    const wanted = {
      ...lines(['umbrella', 2]),
      context: { address_country: 'US', postal_code: '94105', language: 'en-US', intent: 'it rains' },
      attribution: { utm_source: 'agent' },
      signals: { 'dev.ucp.user_agent': 'an agent' },
      buyer: { first_name: 'Ada' },
    };
    await expectValid('create', wanted);
    ({ id: cartId } = await sent('POST', CARTS, 201, 'cart', wanted));
    await sent('GET', `${CARTS}/${cartId}`, 200, 'cart');
    const changed = { ...lines(['umbrella', 1], ['yacht', 1]), context: { currency: 'JPY' } };
    await expectValid('update', changed);
    const { messages } = await sent('PUT', `${CARTS}/${cartId}`, 200, 'cart', changed);
    expect(messages).toHaveLength(2);
    await sent('PUT', `${CARTS}/${cartId}`, 200, 'cart', lines());
    await sent('POST', `${CARTS}/${cartId}/cancel`, 200, 'cart');
  });

  it('read each refusal', async () => {
    await sent('GET', `${CARTS}/${cartId}`, 200, 'refusal');
    await sent('PUT', `${CARTS}/${cartId}`, 200, 'refusal', lines());
    await sent('POST', `${CARTS}/${cartId}/cancel`, 200, 'refusal');
    await sent('POST', CARTS, 200, 'refusal', lines(['yacht', 1]));
    await sent('POST', CARTS, 400, 'refusal', { line_items: 'umbrella' });
    await sent('GET', '/ucp/acme/nothing', 404, 'refusal');
    await sent('DELETE', `${CARTS}/${cartId}`, 405, 'refusal');
    await sent('POST', '/ucp/globex/carts', 403, 'refusal', lines());
    const good = token;
    token = 'nonsense';
    await sent('GET', `${CARTS}/${cartId}`, 401, 'refusal');
    token = good;
  });
});
