import type { SegmentDto, SessionDto, SessionTokensDto } from './generated/index.js';
import { type Bearer, jsonOf, type Transport } from './transport.js';

export type Segment = SegmentDto;

/** The same session in VTEX's dialect. */
export class VtexSession {
  constructor(
    private readonly transport: Transport,
    private readonly bearer: Bearer,
    private readonly account: string,
  ) {}

  /** @param items names such as `store.currencyCode`; none: all of them */
  async read(...items: readonly string[]): Promise<SessionDto> {
    const query = { an: this.account, items: items.length === 0 ? '*' : items.join(',') };
    return jsonOf(await this.transport.sendAs(this.bearer, 'GET', '/api/sessions', { query }));
  }

  /** Sets values of the namespace `public`. */
  async change(values: Readonly<Record<string, string>>): Promise<SessionTokensDto> {
    const entries = Object.entries(values).map(([name, value]) => [name, { value }]);
    const options = { query: { an: this.account }, body: { public: Object.fromEntries(entries) } };
    return jsonOf(await this.transport.sendAs(this.bearer, 'PATCH', '/api/sessions', options));
  }

  /** What pages are cached by: all shoppers with the same segment see the same page. */
  async segment(): Promise<Segment> {
    const query = { an: this.account };
    return jsonOf(await this.transport.sendAs(this.bearer, 'GET', '/api/segments', { query }));
  }
}
