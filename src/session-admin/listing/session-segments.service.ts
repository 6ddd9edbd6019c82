import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CustomerRepository } from '../../customer/index.js';
import type { Session, SessionFacets } from '../../session/index.js';
import { SiteReader } from '../../site-settings/index.js';
import { hasOneSegment, segmentTokenOf, sessionWith } from './segment-of-facets.rules.js';

/** Computing a token takes as long as reading a group from the store, and a list needs those of all groups. */
const TOKENS_KEPT = 20_000;

/** Works out segments of sessions, as the VTEX dialect would show them now. Calls no app and changes nothing. */
@Injectable()
export class SessionSegments {
  /** By the sites and the facets: a change of a site makes other keys. */
  private readonly tokens = new LRUCache<string, { readonly token?: string }>({ max: TOKENS_KEPT });

  constructor(
    private readonly sites: SiteReader,
    private readonly customers: CustomerRepository,
  ) {}

  /**
   * Returns a function that tells the segment token of facets; undefined for those that have no segment of their own.
   */
  async ofFacets(tenant: string): Promise<(facets: SessionFacets) => string | undefined> {
    const sites = await this.sites.list(tenant);
    const known = hash('sha256', JSON.stringify(sites), 'base64url');
    return (facets) => {
      if (!hasOneSegment(facets)) return undefined;
      const key = `${tenant} ${known} ${JSON.stringify(facets)}`;
      const kept = this.tokens.get(key);
      if (kept) return kept.token;
      const token = segmentTokenOf(sessionWith(tenant, facets), sites);
      this.tokens.set(key, token === undefined ? {} : { token });
      return token;
    };
  }

  async of(session: Session): Promise<string | undefined> {
    const { tenant, customerId } = session;
    const [sites, customer] = await Promise.all([
      this.sites.list(tenant),
      customerId === undefined ? undefined : this.customers.find(tenant, customerId),
    ]);
    return segmentTokenOf(session, sites, customer);
  }
}
