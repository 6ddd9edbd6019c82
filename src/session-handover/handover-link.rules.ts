/** Where links of a tenant lead. */
export interface LinkTarget {
  /** Setting ISSUER */
  readonly issuer: string;
  readonly tenant: string;
  /** Page of the storefront that opens links itself. Absent: the page of this service. */
  readonly pageUrl?: string | undefined;
}

/**
 * Returns the link. The token is in the fragment, which browsers send to no server, so it is in no access log, no
 * `Referer`, and a preview of the link does not have it.
 */
export const linkTo = ({ issuer, tenant, pageUrl }: LinkTarget, token: string): string =>
  `${pageUrl ?? `${issuer}/handover/${tenant}`}#handover=${token}`;
