import { isOpenTo } from '../../site-settings/site-access.rules.js';
import type { Site } from '../../site-settings/site.types.js';

/** A trade policy is a site. `sc` and `store.channel` are its code. */
export type TradePolicy = Site;

export interface PolicyUser {
  /** Ids of the customer groups that the user is a member of; empty for a stranger. */
  readonly groups: readonly string[];
  /** Code of the site that the user's profile prefers. */
  readonly preferredSite?: string | undefined;
}

/** Tells whether only members of certain groups may use the policy (W-76). */
export const isPrivate = ({ onlyForGroups }: TradePolicy): boolean => onlyForGroups !== undefined;

/** Returns the policy that a user requests by code. @returns undefined when this user may not use it (M-32 to M-34) */
export const requestedPolicy = (
  policies: readonly TradePolicy[],
  user: Pick<PolicyUser, 'groups'>,
  code: string,
): TradePolicy | undefined =>
  policies.find((policy) => policy.code === code && isOpenTo(policy, user.groups));

/** Returns the policy when a request names none: the preferred one, else the account's default (M-31). */
export function policyOf(policies: readonly TradePolicy[], user: PolicyUser): TradePolicy | undefined {
  const { preferredSite } = user;
  const preferred = preferredSite && requestedPolicy(policies, user, preferredSite);
  return preferred || policies.find((policy) => policy.default && isOpenTo(policy, user.groups));
}
