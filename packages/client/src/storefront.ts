import { Carts } from './carts.js';
import { Context } from './context.js';
import { follow, type FollowOptions, type SessionEvent } from './events.js';
import type { HandoverLinkDto } from './generated/index.js';
import { memoryStorage, type TokenStorage } from './storage/storage.js';
import { type Shop, ShopperTokens } from './tokens/shopper-tokens.js';
import { type Fetch, jsonOf, type RequestOptions, Transport } from './transport.js';
import { VtexSession } from './vtex.js';

export interface StorefrontOptions extends Shop {
  /** Address of the service, with a path if a proxy adds one. */
  readonly url: string;
  /** Default: memory, so that the session ends with the page. */
  readonly storage?: TokenStorage;
  readonly fetch?: Fetch;
  /** Called when the session has ended, for whatever reason. The next request begins a new one. */
  readonly onEnded?: () => void;
}

/** One shopper of a storefront, with their one session. */
export class Storefront {
  readonly tokens: ShopperTokens;
  readonly context: Context;
  readonly carts: Carts;
  readonly vtex: VtexSession;
  private readonly transport: Transport;
  private readonly tenant: string;

  constructor(options: StorefrontOptions) {
    const { url, tenant, storage = memoryStorage(), fetch, onEnded } = options;
    this.tenant = tenant;
    this.transport = new Transport(url, fetch);
    this.tokens = new ShopperTokens(this.transport, options, storage, onEnded);
    this.context = new Context(this.transport, this.tokens, tenant);
    this.carts = new Carts(this.transport, this.tokens, tenant);
    this.vtex = new VtexSession(this.transport, this.tokens, tenant);
  }

  /**
   * Makes the guest's session the customer's. Session id, context and cart stay.
   * @throws NotSignedIn if the e-mail address or the password is wrong
   */
  logIn(email: string, password: string): Promise<void> {
    return this.tokens.logIn(email, password);
  }

  /** Ends the session. The next request begins a new anonymous one. */
  logOut(): Promise<void> {
    return this.tokens.logOut();
  }

  /** Ends the session, even a guest's, and all its tokens. For shared devices, and for tokens that leaked. */
  revoke(): Promise<void> {
    return this.tokens.revoke();
  }

  /**
   * Makes a link that opens this guest's session on another device, once.
   * @throws NotAllowed for a customer, who logs in on the other device instead
   */
  handover(): Promise<HandoverLinkDto> {
    return this.request('POST', `/session-context/${this.tenant}/me/handover`);
  }

  /**
   * Goes on in the session of a handover link. Call it when the shopper presses a button, not when the page loads.
   * @param token what follows `#handover=` in the link
   * @throws NotSignedIn if the link opens nothing any more; Conflict if its session is a customer's: log in
   */
  redeem(token: string): Promise<void> {
    return this.tokens.redeem(token);
  }

  /** Follows the session live, across interruptions. Ends with the session or the token. */
  events(options?: FollowOptions): AsyncGenerator<SessionEvent, void, void> {
    return follow(this.transport, this.tokens, `/session-context/${this.tenant}/me/events`, options);
  }

  /**
   * Calls any other route with the shopper's token.
   * @param path below the address of the service, such as `/price/acme/prices`
   * @returns the JSON of the response
   * @throws OneSessionError
   */
  async request<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
    return jsonOf(await this.transport.sendAs(this.tokens, method, path, options));
  }
}
