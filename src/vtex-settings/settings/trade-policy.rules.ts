import { isOpenTo } from '../../site-settings/site-access.rules.js';
import type { Site } from '../../site-settings/site.types.js';

/** A trade policy is a site; `sc` and `store.channel` are its code. */
export type TradePolicy = Site;

export interface PolicyUser {
  /** Ids of the customer groups that the user is a member of; none for a stranger. */
  readonly groups: readonly string[];
  /** Code of a site: what the user's profile prefers. */
  readonly preferredSite?: string | undefined;
}

/** Private ones are for the members of their groups only (W-76). */
export const isPrivate = ({ onlyForGroups }: TradePolicy): boolean => onlyForGroups !== undefined;

/** The policy that a user asks for by its code. @returns undefined when it is not active for this user (M-32 to M-34) */
export const requestedPolicy = (
  policies: readonly TradePolicy[],
  user: Pick<PolicyUser, 'groups'>,
  code: string,
): TradePolicy | undefined =>
  policies.find((policy) => policy.code === code && isOpenTo(policy, user.groups));

/** The policy when a request names none: the preferred one, else the account's default (M-31). */
export function policyOf(policies: readonly TradePolicy[], user: PolicyUser): TradePolicy | undefined {
  const { preferredSite } = user;
  const preferred = preferredSite && requestedPolicy(policies, user, preferredSite);
  return preferred || policies.find((policy) => policy.default && isOpenTo(policy, user.groups));
}
