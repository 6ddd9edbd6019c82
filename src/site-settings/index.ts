export { SiteSettingsModule } from './site-settings.module.js';
export { SiteRepository } from './site.repository.js';
export { isOpenTo } from './site.rules.js';
export type { HomeBase, Site, SiteAddress, SiteServices } from './site.types.js';
