import type { SigningKeyRecord } from '../auth/keys/signing-key.repository.js';
import { open as openSealed } from '../auth/keys/key-cipher.js';
import type { Config } from '../config/config.schema.js';
import type { Customer } from '../customer/customer.types.js';
import type { Session } from '../session/session.types.js';
import { stateOf } from '../session/tokens/lifetime.rules.js';
import type { Storage } from '../storage/storage.js';
import type { Line } from './lines/line.js';
import type { Imported, MovedCart, MovedKind } from './moved.types.js';
import { MovingRefused } from './refused.js';

export type Outcome = keyof Imported;

export interface Imports {
  /** Called for some lines before any of them is taken. @throws MovingRefused - it can't be taken */
  expect(line: Line): Promise<void>;

  /** @returns undefined for a line that is no record */
  take(line: Line): Promise<{ readonly kind: MovedKind; readonly outcome: Outcome } | undefined>;
}

/** Adds records to a store, and overwrites none. Repeated, it adds nothing. */
export class StoreImports implements Imports {
  private tenants: readonly string[] | undefined;

  constructor(
    protected readonly storage: Storage,
    private readonly config: Config,
    protected readonly now: Date,
  ) {}

  async expect(line: Line): Promise<void> {
    if (line.kind === 'signingKey') await this.expectUsable(line.key);
    if (line.kind === 'customer') await this.expectTenant(line.customer.tenant);
    if (line.kind === 'cart') await this.expectTenant(line.moved.cart.tenant);
    if (line.kind === 'session') await this.expectTenant(line.session.tenant);
  }

  async take(line: Line): Promise<{ readonly kind: MovedKind; readonly outcome: Outcome } | undefined> {
    switch (line.kind) {
      case 'signingKey':
        return { kind: line.kind, outcome: await this.key(line.key) };
      case 'customer':
        return { kind: line.kind, outcome: await this.customer(line.customer) };
      case 'cart':
        return { kind: line.kind, outcome: await this.cart(line.moved) };
      case 'session':
        if (stateOf(line.session, this.now) === 'gone') return { kind: line.kind, outcome: 'expired' };
        return { kind: line.kind, outcome: await this.session(line.session) };
      default:
        return undefined;
    }
  }

  private async key(key: SigningKeyRecord): Promise<Outcome> {
    const isThere = (await this.storage.signingKeys.list()).some(({ kid }) => kid === key.kid);
    return isThere ? 'present' : this.addKey(key);
  }

  private async customer(customer: Customer): Promise<Outcome> {
    const { tenant, id, email } = customer;
    if (await this.storage.customers.find(tenant, id)) return 'present';
    if (await this.storage.customers.findByLogin(tenant, email)) return 'refused';
    return this.addCustomer(customer);
  }

  protected async addKey(key: SigningKeyRecord): Promise<Outcome> {
    // The key follows none of the existing ones, and a second import finds this place taken.
    const added = await this.storage.signingKeys.add(key, `moved/${key.kid}`);
    return added ? 'added' : 'present';
  }

  protected async addCustomer(customer: Customer): Promise<Outcome> {
    return (await this.storage.customers.create(customer)) ? 'added' : 'refused';
  }

  protected async cart(moved: MovedCart): Promise<Outcome> {
    return (await this.storage.moving.addCart(moved)) ? 'added' : 'present';
  }

  /** Its end will be told, if somebody wants events of the tenant. */
  protected async session(session: Session): Promise<Outcome> {
    return (await this.storage.sessions.create(session, this.now, undefined, [])) ? 'added' : 'present';
  }

  /** A service that can't open a key does not start. */
  private async expectUsable({ kid, encryptedPrivateJwk }: SigningKeyRecord): Promise<void> {
    if (await openSealed(encryptedPrivateJwk, this.config)) return;
    throw new MovingRefused(
      `KEYS_SECRET does not open the signing key ${kid}: add the secret of the other installation to the list, or export with --no-keys`,
    );
  }

  private async expectTenant(tenant: string): Promise<void> {
    this.tenants ??= await this.storage.tenants.names();
    if (this.tenants.includes(tenant)) return;
    throw new MovingRefused(
      `There is no tenant ${tenant} in this store: create it first, with its clients, sites and prices`,
    );
  }
}

/** Tells what an import would do, and writes nothing. */
export class DryImports extends StoreImports {
  protected override async addKey(): Promise<Outcome> {
    return 'added';
  }

  protected override async addCustomer(): Promise<Outcome> {
    return 'added';
  }

  protected override async cart({ cart }: MovedCart): Promise<Outcome> {
    return (await this.storage.carts.find(cart.tenant, cart.id)) ? 'present' : 'added';
  }

  protected override async session(session: Session): Promise<Outcome> {
    return (await this.storage.sessions.find(session, this.now)) ? 'present' : 'added';
  }
}
