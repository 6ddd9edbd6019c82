import { randomInt } from 'node:crypto';
import { type Answer, ConnectionLost, type Endpoint, NotSent, type Request } from './http-client.js';
import type { Fact, Oracle, Tokens } from './oracle.js';
import type { Tally } from './tally.js';
import {
  addItem,
  beginSession,
  type Credentials,
  findCart,
  logIn,
  logOut,
  makeCart,
  patchMine,
  readMine,
  refreshAnonymous,
  refreshCustomer,
  setMine,
  tokensOf,
} from './wire.js';

/** A session holds 200 attributes; a shopper goes home before that. */
const STEPS = 120;
const CURRENCIES = ['EUR', 'USD', 'GBP'];

/** How often each is done. Logins are few: checking a password costs 50 ms of a core. */
const MIX = [
  ['attribute', 0.72],
  ['item', 0.86],
  ['currency', 0.93],
  ['refresh', 0.985],
  ['login', 1],
] as const;
const LOGOUT_SHARE = 0.1;

type Outcome = { readonly kind: 'acknowledged'; readonly answer: Answer } | { readonly kind: 'not' };

/** One shopper on one device: one request after the other, each noted in the oracle. */
export class Shopper {
  session = '';
  /** It went home: nothing more is to be done with its session. */
  left = false;
  /** It was not answered, so the service may be down. */
  unanswered = false;
  private tokens: Tokens = { access: '', refresh: '' };
  private kind: 'anonymous' | 'customer' = 'anonymous';
  private cartId: string | undefined;
  private steps = 0;
  private doubts = 0;
  private seen = 0;

  constructor(
    private readonly to: Endpoint,
    private readonly oracle: Oracle,
    private readonly tally: Tally,
    private readonly customers: readonly Credentials[],
  ) {}

  /** The next thing it does. */
  async step(): Promise<void> {
    this.steps++;
    this.unanswered = false;
    if (this.session === '') return this.begin();
    if (this.cartId === undefined) return this.firstCart();
    if (this.steps > STEPS) this.left = true;
    if (this.kind === 'customer' && Math.random() < LOGOUT_SHARE) return this.logOut();
    const dice = Math.random();
    const [op = 'attribute'] = MIX.find(([, upTo]) => dice < upTo) ?? [];
    if (op === 'login' && this.kind === 'customer') return this.refresh();
    return this[op]();
  }

  private async begin(): Promise<void> {
    const answer = await this.send('begin', beginSession(), [200]);
    if (!answer) return;
    this.session = answer.body.sessionId;
    this.tokens = tokensOf(answer.body);
    await this.note({ op: 'begin', tokens: this.tokens });
  }

  /** 409 is right when an earlier try, of which nobody knows, was carried out. */
  private async firstCart(): Promise<void> {
    const fact = { op: 'cart' } as const;
    const answer = await this.send('cart', makeCart(this.tokens.access), [201, ...this.inDoubt(409)], fact);
    if (!answer) return;
    if (answer.status === 201) this.cartId = answer.body.cartId;
    else this.cartId = (await this.send('find cart', findCart(this.tokens.access), [200]))?.body.id;
    if (this.cartId !== undefined) await this.note({ op: 'cart', cartId: this.cartId });
  }

  private async attribute(): Promise<void> {
    const name = `a${this.steps}`;
    const value = `${this.session} ${this.steps}`;
    const fact = { op: 'attribute', name, value } as const;
    if (await this.send('attribute', setMine(this.tokens.access, name, value), [201], fact)) {
      await this.note(fact);
    }
  }

  private async item(): Promise<void> {
    const fact = { op: 'item' } as const;
    const request = addItem(this.tokens.access, this.cartId ?? '');
    if (await this.send('item', request, [201], fact)) await this.note(fact);
  }

  private async currency(): Promise<void> {
    const read = await this.send('read', readMine(this.tokens.access), [200]);
    if (!read) return;
    const { version } = read.body.metadata;
    if (version < this.seen) this.tally.surprise(`${this.session}: version ${version} after ${this.seen}`);
    this.seen = version;
    const currency = CURRENCIES[this.steps % CURRENCIES.length] ?? 'EUR';
    const fact = { op: 'currency', currency } as const;
    const request = patchMine(this.tokens.access, version, { currency });
    const answer = await this.send('currency', request, [204, ...this.inDoubt(409)], fact);
    if (answer?.status !== 204) return;
    this.seen = version + 1;
    await this.note(fact);
  }

  private async refresh(): Promise<void> {
    const { access, refresh } = this.tokens;
    const request = this.kind === 'customer' ? refreshCustomer(access, refresh) : refreshAnonymous(refresh);
    const answer = await this.send('refresh', request, [200], { op: 'refresh' });
    if (!answer) return;
    this.tokens = tokensOf(answer.body);
    await this.note({ op: 'refresh', tokens: this.tokens });
  }

  private async login(): Promise<void> {
    const customer = this.customers[randomInt(this.customers.length)];
    if (!customer) throw new Error('there is no customer');
    const doubts = this.doubts;
    const answer = await this.send('login', logIn(this.tokens.access, customer), [200], { op: 'login' });
    this.left ||= this.doubts > doubts;
    if (!answer) return;
    this.kind = 'customer';
    this.tokens = tokensOf(answer.body);
    await this.note({ op: 'login', tokens: this.tokens });
  }

  private async logOut(): Promise<void> {
    this.left = true;
    const fact = { op: 'logout' } as const;
    if (await this.send('logout', logOut(this.tokens.access), [204], fact)) await this.note(fact);
  }

  private inDoubt(status: number): readonly number[] {
    return this.doubts > 0 ? [status] : [];
  }

  /** @param fact what it would bring about, if it is a write @returns the answer, if it was one of the right ones */
  private async send(op: string, request: Request, right: readonly number[], fact?: Fact) {
    const began = performance.now();
    const outcome = await this.outcomeOf(op, request, right, fact);
    if (outcome.kind === 'not') return undefined;
    this.tally.latencies.push(performance.now() - began);
    return outcome.answer;
  }

  private async outcomeOf(
    op: string,
    request: Request,
    right: readonly number[],
    fact?: Fact,
  ): Promise<Outcome> {
    try {
      const answer = await this.to.send(request);
      if (right.includes(answer.status)) return { kind: 'acknowledged', answer };
      if (answer.status === 503) {
        this.tally.unavailable(op, answer);
        await this.doubt(fact);
      } else {
        this.tally.surprise(`${op} of ${this.session}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
    } catch (error) {
      this.unanswered = true;
      this.tally.failure(op, String(error));
      if (error instanceof ConnectionLost) await this.doubt(fact);
      else if (!(error instanceof NotSent)) throw error;
    }
    return { kind: 'not' };
  }

  private async note(fact: Fact): Promise<void> {
    await this.oracle.record({ session: this.session, outcome: 'acknowledged', fact });
    this.tally.acknowledged++;
  }

  private async doubt(fact: Fact | undefined): Promise<void> {
    if (!fact) return;
    this.doubts++;
    this.tally.unknown++;
    await this.oracle.record({ session: this.session, outcome: 'unknown', fact });
  }
}
