export { SiteRepository } from './site.repository.js';
export type { HomeBase, Site, SiteAddress } from './site.types.js';
