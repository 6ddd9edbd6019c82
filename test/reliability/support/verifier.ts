import { type Expected, expectedOf } from './expected.js';
import type { Endpoint } from './http-client.js';
import type { Oracle, Tokens } from './oracle.js';
import {
  begin,
  quantityOf,
  readById,
  readCart,
  readMine,
  refreshAnonymous,
  refreshCustomer,
  serviceToken,
  tokensOf,
} from './wire.js';

const AT_ONCE = 16;

/** A session context on the wire. */
interface Body {
  readonly context: Readonly<Record<string, unknown>>;
  readonly currency: string;
  readonly cartId?: string;
  readonly customerId?: string;
  readonly metadata: { readonly version: number };
}

export interface Verified {
  readonly sessions: number;
  readonly deadTokens: number;
  /** Acknowledged and not there, or there and not possible. */
  readonly lost: readonly string[];
  /** Ended and open again. */
  readonly revived: readonly string[];
}

/** Compares what the service says with what the client noted. */
export class Verifier {
  private readonly lost: string[] = [];
  private readonly revived: string[] = [];
  private deadTokens = 0;
  private staff = '';
  private bearer = '';

  constructor(
    private readonly to: Endpoint,
    private readonly oracle: Oracle,
  ) {}

  /**
   * @param from entries before this one of the log are of sessions that are left out, unless they come again
   * @param refreshEvery of every how many sessions the refresh token is used: it is a write
   */
  async verify({ from = 0, refreshEvery = 1 } = {}): Promise<Verified> {
    this.staff = await serviceToken(this.to);
    this.bearer = (await begin(this.to)).access;
    const entries = this.oracle.entries();
    const touched = new Set(entries.slice(from).map(({ session }) => session));
    const expected = expectedOf(entries.filter(({ session }) => touched.has(session)));
    const left = [...expected];
    const some = async (): Promise<void> => {
      for (let one = left.pop(); one; one = left.pop())
        await this.check(one, left.length % refreshEvery === 0);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, some));
    const { lost, revived, deadTokens } = this;
    return { sessions: expected.length, deadTokens, lost: lost.splice(0), revived: revived.splice(0) };
  }

  private async check(one: Expected, refreshes: boolean): Promise<void> {
    const { status, body } = await this.to.send(readById(this.staff, one.session));
    if (one.ended === 'yes') {
      if (status !== 404) this.revived.push(`${one.session}: logged out, read by id: ${status}`);
    } else if (status === 200) {
      this.checkContext(one, body);
    } else if (one.cart === 'made' && one.ended === 'no') {
      this.lost.push(`${one.session}: its context: ${status}`);
    }
    for (const tokens of one.dead) await this.checkDead(one, tokens);
    if (one.ended !== 'no' || one.loginUnknown) return;
    await this.checkAlive(one);
    if (refreshes) await this.checkRefresh(one);
  }

  private checkContext(one: Expected, body: Body): void {
    const { session, version, attributes, perhaps, currencies } = one;
    const miss = (what: string): unknown => this.lost.push(`${session}: ${what}`);
    for (const [name, value] of attributes) {
      if (body.context[name] !== value) miss(`attribute ${name} is ${body.context[name]}, not ${value}`);
    }
    for (const [name, value] of Object.entries(body.context)) {
      const known = attributes.get(name) ?? perhaps.get(name);
      if (value !== known) miss(`attribute ${name} is ${value}: nobody wrote that`);
    }
    if (!currencies.includes(body.currency))
      miss(`currency ${body.currency}, not ${currencies.join(' or ')}`);
    const now = body.metadata.version;
    if (now < version.least || now > version.most) {
      miss(`version ${now}, not ${version.least} to ${version.most}`);
    }
    if (one.cartId !== undefined && body.cartId !== one.cartId)
      miss(`cart ${body.cartId}, not ${one.cartId}`);
    const customer = body.customerId !== undefined;
    if (one.kind === 'customer' && !customer) miss('it was a customer’s');
    if (one.kind === 'anonymous' && !one.loginUnknown && customer) miss('it was nobody’s');
  }

  private async checkAlive(one: Expected): Promise<void> {
    const { session, tokens } = one;
    const mine = await this.to.send(readMine(tokens.access));
    const right = one.cart === 'made' ? [200] : one.cart === 'none' ? [404] : [200, 404];
    if (!right.includes(mine.status)) this.lost.push(`${session}: its access token: ${mine.status}`);
    if (one.cartId !== undefined) await this.checkCart(one, one.cartId);
  }

  private async checkRefresh({ session, tokens, kind }: Expected): Promise<void> {
    const { access, refresh } = tokens;
    const request = kind === 'customer' ? refreshCustomer(access, refresh) : refreshAnonymous(refresh);
    const answer = await this.to.send(request);
    if (answer.status !== 200) return void this.lost.push(`${session}: its refresh token: ${answer.status}`);
    const fact = { op: 'refresh', tokens: tokensOf(answer.body) } as const;
    await this.oracle.record({ session, outcome: 'acknowledged', fact });
  }

  private async checkCart({ session, tokens, quantity }: Expected, cartId: string): Promise<void> {
    const { status, body } = await this.to.send(readCart(tokens.access, cartId));
    if (status !== 200) return void this.lost.push(`${session}: its cart: ${status}`);
    const sum = quantityOf(body.items ?? []);
    if (sum < quantity.least || sum > quantity.most) {
      this.lost.push(`${session}: ${sum} pieces in its cart, not ${quantity.least} to ${quantity.most}`);
    }
  }

  /** Whether it was a customer's refresh token or not: it opens nothing on either route. */
  private async checkDead({ session }: Expected, { access, refresh }: Tokens): Promise<void> {
    this.deadTokens += 2;
    const uses = [readMine(access), refreshAnonymous(refresh), refreshCustomer(this.bearer, refresh)];
    for (const use of uses) {
      const { status } = await this.to.send(use);
      const path = use.path.split('?')[0];
      if (status !== 401) this.revived.push(`${session}: a dead token at ${path}: ${status}`);
    }
  }
}
