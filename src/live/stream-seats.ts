import { networkOf } from '../shared/network.js';
import { NoRoomForStream, TooManyStreams } from './live.errors.js';
import { type Refusal, refusalOfEmployee, refusalOfShopper } from './live.rules.js';

/** Counts the streams of this instance. */
export class StreamSeats {
  private all = 0;
  private ofShoppers = 0;
  private readonly sessions = new Map<string, number>();
  private readonly addresses = new Map<string, number>();
  /** Of employees. */
  private readonly tenants = new Map<string, number>();

  /** @param most setting MAX_LIVE_STREAMS */
  constructor(private readonly most: number) {}

  /** @returns what gives the seat back @throws TooManyStreams, NoRoomForStream */
  takeForShopper(session: string, address: string): () => void {
    const network = networkOf(address);
    const { all, ofShoppers } = this;
    const ofSession = this.sessions.get(session) ?? 0;
    const ofAddress = this.addresses.get(network) ?? 0;
    refuse(refusalOfShopper({ all, ofShoppers, ofSession, ofAddress }, this.most));
    this.all += 1;
    this.ofShoppers += 1;
    add(this.sessions, session, 1);
    add(this.addresses, network, 1);
    return once(() => {
      this.all -= 1;
      this.ofShoppers -= 1;
      add(this.sessions, session, -1);
      add(this.addresses, network, -1);
    });
  }

  /** As `takeForShopper`. */
  takeForEmployee(tenant: string): () => void {
    const ofTenant = this.tenants.get(tenant) ?? 0;
    refuse(refusalOfEmployee({ all: this.all, ofTenant }, this.most));
    this.all += 1;
    add(this.tenants, tenant, 1);
    return once(() => {
      this.all -= 1;
      add(this.tenants, tenant, -1);
    });
  }
}

function refuse(refusal: Refusal | undefined): void {
  if (refusal === 'session') throw new TooManyStreams();
  if (refusal === 'instance') throw new NoRoomForStream();
}

function add(counts: Map<string, number>, key: string, n: number): void {
  const count = (counts.get(key) ?? 0) + n;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
