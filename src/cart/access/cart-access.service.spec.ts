import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { standIn } from '../../../test/support/stand-in.js';
import { TestClock } from '../../../test/support/test-clock.js';
import type { ContextService } from '../../session/index.js';
import type { Session } from '../../session/session.types.js';
import { Forbidden } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartConflict, CartExists, CartNotFound } from '../cart.errors.js';
import type { CartRepository } from '../cart.repository.js';
import { closed, newCart } from '../cart.rules.js';
import type { Cart, CartOwner } from '../cart.types.js';
import type { CartAtLoginService } from '../handover/cart-at-login.service.js';
import type { CartContextService } from '../handover/cart-context.service.js';
import type { CartMergeService } from '../handover/cart-merge.service.js';
import { CartRecovery } from '../handover/cart-recovery.service.js';
import { CartAccessService } from './cart-access.service.js';

describe('Who may use a cart', () => {
  const clock = new TestClock();
  let folder: string;
  let storage: EmbeddedStorage;
  let access: CartAccessService;
  let sessionId: string;
  let customerId: string;
  /** Sessions that are over. */
  let over: Set<string>;
  let askedFor: string[];
  let adopted: string[];
  /** Carts that the login of a session is asked to bring along. */
  let brought: string[];
  let bring: (cart: Cart) => Cart;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cart-access-'));
    storage = await EmbeddedStorage.open(folder);
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    sessionId = newId();
    customerId = newId();
    over = new Set();
    askedFor = [];
    adopted = [];
    brought = [];
    bring = (cart) => ({ ...cart, owner: { kind: 'customer', customerId } });
    const merges = standIn<CartMergeService>({ finish: async (cart) => cart });
    const logins = standIn<CartAtLoginService>({
      bring: async ({ tenant }, cartId) => {
        brought.push(cartId);
        return storage.carts.change(tenant, cartId, bring);
      },
    });
    const inContext = standIn<CartContextService>({
      adopt: async (_session, { id }) => void adopted.push(id),
    });
    const contexts = standIn<ContextService>({
      findSession: async (key) => {
        askedFor.push(key.sessionId);
        return key.sessionId !== sessionId || over.has(key.sessionId) ? undefined : session();
      },
    });
    const recovery = new CartRecovery(storage.carts, merges, logins);
    access = new CartAccessService(storage.carts, recovery, inContext, contexts, clock);
  });

  const cartOf = async (owner: CartOwner, over_: Partial<Cart> = {}): Promise<Cart> => {
    const made = { id: newId(), tenant: 'acme', siteCode: 'main', owner, sessionId };
    const cart = { ...newCart({ currency: 'EUR', sessionValidated: false }, made, clock.now()), ...over_ };
    await storage.carts.create(cart);
    return cart;
  };
  const guests = (over_: Partial<Cart> = {}) => cartOf({ kind: 'session', sessionId }, over_);
  const customers = (over_: Partial<Cart> = {}) => cartOf({ kind: 'customer', customerId }, over_);
  const session = (id?: string): Session => ({
    tenant: 'acme',
    sessionId,
    kind: id === undefined ? 'anonymous' : 'customer',
    clientId: 'acme-storefront',
    epoch: 'e',
    revision: 1,
    createdAt: clock.now(),
    refreshTokens: { used: [] },
    asked: {},
    ...(id !== undefined && { customerId: id }),
  });
  const called = { tenant: 'acme', scopes: [], address: '127.0.0.1' };
  const shopper = (id?: string): CartCaller => ({ ...called, kind: 'shopper', session: session(id) });
  const service: CartCaller = { ...called, kind: 'service' };

  it('is the shopper who owns it; for others it does not exist [W-52, P-31]', async () => {
    const cart = await guests();
    expect((await access.find(shopper(), cart.id)).id).toBe(cart.id);
    const own = await customers();
    await expect(access.find(shopper(), own.id)).rejects.toThrow(CartNotFound);
    await expect(access.find(shopper('ben'), own.id)).rejects.toThrow(CartNotFound);
    await expect(access.find(shopper(), 'nothing')).rejects.toThrow(CartNotFound);
    expect((await access.find(shopper(customerId), own.id)).id).toBe(own.id);
    expect(brought).toEqual([]);
  });

  it("is not asked whether the caller's session is alive: the token has shown it", async () => {
    const cart = await guests();
    over.add(sessionId);
    expect((await access.find(shopper(), cart.id)).id).toBe(cart.id);
    expect(askedFor).toEqual([]);
  });

  it('owns it while the session of a guest is alive, and as a customer without an end [D-02]', async () => {
    const [guest, customer] = [await guests(), await customers()];
    expect([await access.ownerLives(guest), await access.ownerLives(customer)]).toEqual([true, true]);
    over.add(sessionId);
    expect([await access.ownerLives(guest), await access.ownerLives(customer)]).toEqual([false, true]);
    expect(askedFor).toEqual([sessionId, sessionId]);
  });

  it('is a service, while the session of the cart is alive, with its id where the cart asks for that [W-49, D-02]', async () => {
    const cart = await guests();
    const own = await customers();
    const asks = await guests({ sessionValidated: true, type: 'wishlist' });
    expect((await access.find(service, cart.id)).id).toBe(cart.id);
    await expect(access.find(service, asks.id)).rejects.toThrow(
      new Forbidden('This cart can only be opened with the session-id of the session that created it'),
    );
    expect((await access.find({ ...service, sessionId }, asks.id)).id).toBe(asks.id);
    over.add(sessionId);
    await expect(access.find(service, cart.id)).rejects.toThrow(CartNotFound);
    expect((await access.find(service, own.id)).id).toBe(own.id);
    expect(brought).toEqual([]);
  });

  it('is a shopper after the login too: it brings the cart that it left behind', async () => {
    const cart = await guests();
    const found = await access.find(shopper(customerId), cart.id);
    expect(found).toMatchObject({ id: cart.id, owner: { kind: 'customer', customerId } });
    expect(brought).toEqual([cart.id]);
  });

  it('is nobody if moving it at a login closes it or finds nothing', async () => {
    const cart = await guests();
    bring = (current) => closed(current, clock.now());
    await expect(access.find(shopper(customerId), cart.id)).rejects.toThrow(CartNotFound);
    const another = await guests();
    bring = (current) => current;
    storage.carts.change = async () => undefined;
    await expect(access.find(shopper(customerId), another.id)).rejects.toThrow(CartNotFound);
    Reflect.deleteProperty(storage.carts, 'change');
  });

  it('is a shopper whose context then names the cart; a service has no context [D-05]', async () => {
    const cart = await guests();
    await access.use(service, cart.id);
    expect(adopted).toEqual([]);
    await access.use(shopper(), cart.id);
    expect(adopted).toEqual([cart.id]);
  });

  it('changes it in one write, a version later, or not at all', async () => {
    const cart = await guests();
    clock.advanceSeconds(1);
    const changed = await access.change(shopper(), cart, (current) => ({ ...current, siteCode: 'us' }));
    expect(changed).toMatchObject({ siteCode: 'us', version: cart.version + 1, modifiedAt: clock.now() });
    const same = await access.change(shopper(), changed, (current) => current);
    expect(same.version).toBe(changed.version);
    const byService = await access.change(service, same, (current) => ({ ...current, siteCode: 'main' }));
    expect(byService.version).toBe(changed.version + 1);
  });

  it('is told when it was closed, became somebody else’s, or was deleted meanwhile [C-08]', async () => {
    const cart = await guests();
    const touch = () => access.change(shopper(), cart, (current) => ({ ...current, siteCode: 'us' }));
    await storage.carts.change('acme', cart.id, (current) => closed(current, clock.now()));
    await expect(touch()).rejects.toThrow(
      new CartConflict(`The cart ${cart.id} was closed meanwhile: find the open cart and retry`),
    );
    await access.remove(cart);
    await expect(touch()).rejects.toThrow(CartNotFound);
  });

  it('saves a read by passing on the cart that was found, but decides on the stored one', async () => {
    const cart = await guests();
    const known: unknown[] = [];
    const carts: CartRepository = storage.carts;
    const { change } = carts;
    carts.change = (...args) => {
      known.push(args[3]);
      return change.apply(carts, args);
    };
    await access.change(shopper(), cart, (current) => current);
    Reflect.deleteProperty(carts, 'change');
    expect(known).toEqual([{ asRead: cart }]);
  });

  describe('in a slot', () => {
    const slotOf = ({ tenant, siteCode, owner, type }: Cart) => ({
      tenant,
      siteCode,
      owner,
      ...(type !== undefined && { type }),
    });

    it('finds the open cart of its owner', async () => {
      const own = await customers();
      const found = await access.openIn({ owner: own.owner }, slotOf(own));
      expect(found?.id).toBe(own.id);
      expect(brought).toEqual([]);
    });

    it('finds what the login of this session left behind, brought along before', async () => {
      const cart = await guests();
      const owner: CartOwner = { kind: 'customer', customerId };
      const found = await access.openIn({ owner, session: session(customerId) }, slotOf({ ...cart, owner }));
      expect(brought).toEqual([cart.id]);
      expect(found).toMatchObject({ id: cart.id, owner });
    });

    it('brings nothing for a guest, nor for a customer who left nothing', async () => {
      const cart = await guests();
      const found = await access.openIn({ owner: cart.owner, session: session() }, slotOf(cart));
      expect(found?.id).toBe(cart.id);
      await access.remove(cart);
      const owner: CartOwner = { kind: 'customer', customerId };
      const none = await access.openIn({ owner, session: session(customerId) }, slotOf({ ...cart, owner }));
      expect(none).toBeUndefined();
      expect(brought).toEqual([]);
    });

    it('takes none that another open cart has [W-50]', async () => {
      const cart = await guests();
      await access.expectFree(cart);
      await access.expectFree({ ...cart, siteCode: 'us' });
      await expect(access.expectFree({ ...cart, id: 'another' })).rejects.toThrow(CartExists);
      await expect(access.expectFree({ ...cart, id: 'another' })).rejects.toMatchObject({
        details: { cartId: cart.id },
      });
    });
  });
});
