import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CustomerRepository } from '../../customer/index.js';
import {
  type Profile,
  profileFrom,
  profileKeyOf,
  type Session,
  type SessionFacets,
} from '../../session/index.js';
import { SiteReader } from '../../site-settings/index.js';
import { commonToken, readSegment } from '../../vtex/index.js';
import { SessionDirectory } from '../session-directory.repository.js';
import { hasOneSegment, isOutside, segmentTokenOf, sessionWith } from './segment-of-facets.rules.js';

/** Computing a token takes as long as reading a group from the store, and a list needs those of all groups. */
const TOKENS_KEPT = 20_000;

/** With more profiles, working out the segments of all takes longer than a look at a page's customers. */
const MOST_PROFILES = 500;

/** Tells who is in a segment. */
export interface SegmentJudge {
  /** Whether sessions with these facets can be in it. */
  mayHave(facets: SessionFacets): boolean;
  has(session: Session, facets: SessionFacets): Promise<boolean>;
}

const HAS_NOBODY: SegmentJudge = { mayHave: () => false, has: async () => false };

type TokenOf = (facets: SessionFacets, profile?: Profile) => string | undefined;

/** Works out segments of sessions, as the VTEX dialect would show them now. Calls no app and changes nothing. */
@Injectable()
export class SessionSegments {
  /** By the sites, the facets and the profile: a change of a site makes other keys. */
  private readonly tokens = new LRUCache<string, { readonly token?: string }>({ max: TOKENS_KEPT });
  /** Stores keep the facets that they have read. */
  private readonly texts = new WeakMap<SessionFacets, string>();

  constructor(
    private readonly sites: SiteReader,
    private readonly customers: CustomerRepository,
    private readonly directory: SessionDirectory,
  ) {}

  /**
   * Returns a function that tells the segment token of facets; undefined for those that have no segment of their own.
   */
  async ofFacets(tenant: string): Promise<(facets: SessionFacets) => string | undefined> {
    const tokenOf = await this.tokensOf(tenant);
    return (facets) => (hasOneSegment(facets) ? tokenOf(facets) : undefined);
  }

  async of(session: Session): Promise<string | undefined> {
    const [sites, customer] = await Promise.all([this.sites.list(session.tenant), this.customerOf(session)]);
    return segmentTokenOf(session, sites, customer);
  }

  /** Profiles of customers tell which of their sessions need no look, where the store knows all profiles. */
  async judge(tenant: string, segmentToken: string): Promise<SegmentJudge> {
    const segment = readSegment(segmentToken);
    if (!segment) return HAS_NOBODY;
    const wanted = commonToken(segmentToken);
    const [tokenOf, profiles] = await Promise.all([this.tokensOf(tenant), this.profilesOf(tenant)]);
    return {
      mayHave: (facets) => {
        if (isOutside(facets, segment)) return false;
        if (hasOneSegment(facets)) return tokenOf(facets) === wanted;
        return profiles?.some((profile) => tokenOf(facets, profile) === wanted) ?? true;
      },
      has: async (session, facets) => {
        if (isOutside(facets, segment)) return false;
        const customer = hasOneSegment(facets) ? undefined : await this.customerOf(session);
        return tokenOf(facets, customer) === wanted;
      },
    };
  }

  /** Among them no profile at all: a session may be left of a customer who was erased. */
  private async profilesOf(tenant: string): Promise<readonly (Profile | undefined)[] | undefined> {
    const keys = await this.directory.profiles(tenant);
    return keys && keys.length <= MOST_PROFILES ? [undefined, ...keys.map(profileFrom)] : undefined;
  }

  private async tokensOf(tenant: string): Promise<TokenOf> {
    const sites = await this.sites.list(tenant);
    const known = hash('sha256', JSON.stringify(sites), 'base64url');
    return (facets, profile) => {
      const key = `${tenant} ${known} ${this.textOf(facets)} ${profile ? profileKeyOf(profile) : ''}`;
      const kept = this.tokens.get(key);
      if (kept) return kept.token;
      const token = segmentTokenOf(sessionWith(tenant, facets), sites, profile);
      this.tokens.set(key, token === undefined ? {} : { token });
      return token;
    };
  }

  private textOf(facets: SessionFacets): string {
    const known = this.texts.get(facets);
    if (known !== undefined) return known;
    const { kind: _kind, clientId: _clientId, ...conditions } = facets;
    const text = JSON.stringify(conditions);
    this.texts.set(facets, text);
    return text;
  }

  private async customerOf({ tenant, customerId }: Session): Promise<Profile | undefined> {
    return customerId === undefined ? undefined : this.customers.find(tenant, customerId);
  }
}
