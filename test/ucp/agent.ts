import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Test } from 'supertest';
import type { ServiceUser } from '../support/people/http-user.js';
import { profileSchema } from './profile-schema.js';
import { answerSchema, createSchema, updateSchema } from './schemas.js';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

const compiled = {
  answer: ajv.compile(answerSchema),
  create: ajv.compile(createSchema),
  update: ajv.compile(updateSchema),
  profile: ajv.compile(profileSchema),
} satisfies Record<string, ValidateFunction>;

/** @throws Error that says what the protocol does not allow */
export function expectValid(kind: keyof typeof compiled, body: unknown): void {
  const validate = compiled[kind];
  if (!validate(body))
    throw new Error(`${kind}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`);
}

export const PROFILE = 'https://agent.example/profile';

/** A shopping agent. All that it sends and gets is checked against the protocol. */
export class ShoppingAgent {
  constructor(
    readonly user: ServiceUser,
    private readonly tenant = 'acme',
    private readonly profile = PROFILE,
  ) {}

  create(cart: object, headers: Record<string, string> = {}): Test {
    expectValid('create', cart);
    return this.sent(this.user.post(`/ucp/${this.tenant}/carts`, cart), headers);
  }

  get(id: string): Test {
    return this.sent(this.user.get(`/ucp/${this.tenant}/carts/${id}`));
  }

  update(id: string, cart: object, headers: Record<string, string> = {}): Test {
    expectValid('update', cart);
    return this.sent(this.user.put(`/ucp/${this.tenant}/carts/${id}`, cart), headers);
  }

  cancel(id: string, headers: Record<string, string> = {}): Test {
    return this.sent(this.user.post(`/ucp/${this.tenant}/carts/${id}/cancel`, {}), headers);
  }

  private sent(request: Test, headers: Record<string, string> = {}): Test {
    return request
      .set({ 'ucp-agent': `profile="${this.profile}"`, ...headers })
      .expect('content-type', 'application/json; charset=utf-8')
      .expect(({ body }) => expectValid('answer', body));
  }
}

/** Lines of one product each. */
export const lines = (...wanted: readonly (readonly [product: string, quantity: number])[]) => ({
  line_items: wanted.map(([id, quantity]) => ({ item: { id }, quantity })),
});
