export { SiteSettingsModule } from './site-settings.module.js';
export { SiteReader, SiteRepository } from './site.repository.js';
export { MemberGroups } from './member-groups.js';
export {
  closedProblem,
  expectSoldAt,
  inactiveProblem,
  type KnownSites,
  siteOf,
} from './site-access.rules.js';
export { RememberedSites } from './remembered-sites.js';
export { SiteAccess } from './site-access.service.js';
export type { Site } from './site.types.js';
