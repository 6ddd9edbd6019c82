import type { SegmentDto, SessionDto, SessionTokensDto } from './generated/index.js';
import { type Bearer, jsonOf, type Transport } from './transport.js';

export type Segment = SegmentDto;

/** The shopper's session in the VTEX dialect. */
export class VtexSession {
  constructor(
    private readonly transport: Transport,
    private readonly bearer: Bearer,
    private readonly account: string,
  ) {}

  /** @param items names of values, such as `store.currencyCode`. Default: all */
  async read(...items: readonly string[]): Promise<SessionDto> {
    const query = { an: this.account, items: items.length === 0 ? '*' : items.join(',') };
    return jsonOf(await this.transport.sendAs(this.bearer, 'GET', '/api/sessions', { query }));
  }

  /** Sets values in the namespace `public`. @param values by name; the session apps see them as texts */
  async change(values: Readonly<Record<string, string>>): Promise<SessionTokensDto> {
    const entries = Object.entries(values).map(([name, value]) => [name, { value }]);
    const options = { query: { an: this.account }, body: { public: Object.fromEntries(entries) } };
    return jsonOf(await this.transport.sendAs(this.bearer, 'PATCH', '/api/sessions', options));
  }

  /** Returns the segment, the cache key of pages: shoppers with equal segments see the same page. */
  async segment(): Promise<Segment> {
    const query = { an: this.account };
    return jsonOf(await this.transport.sendAs(this.bearer, 'GET', '/api/segments', { query }));
  }
}
