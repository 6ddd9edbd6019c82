import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../../customer/index.js';
import type { Session, SessionFacets } from '../../session/index.js';
import { SiteRepository } from '../../site-settings/index.js';
import { hasOneSegment, segmentTokenOf, sessionWith } from './segment-of-facets.rules.js';

/** Works out segments of sessions, as the VTEX dialect would show them now. Calls no app and changes nothing. */
@Injectable()
export class SessionSegments {
  constructor(
    private readonly sites: SiteRepository,
    private readonly customers: CustomerRepository,
  ) {}

  /**
   * Returns a function that tells the segment token of facets; undefined for those that have no segment of their own.
   */
  async ofFacets(tenant: string): Promise<(facets: SessionFacets) => string | undefined> {
    const sites = await this.sites.list(tenant);
    return (facets) =>
      hasOneSegment(facets) ? segmentTokenOf(sessionWith(tenant, facets), sites) : undefined;
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
