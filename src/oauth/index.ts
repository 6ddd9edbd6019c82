export { ClientRepository } from './client.repository.js';
export { hashSecret, secretFits } from './client-secret.js';
export type { Client, KeySet } from './client.types.js';
export { OAuthModule } from './oauth.module.js';
export { SpentJwtRepository } from './revocation/spent-jwt.repository.js';
export { OAuthService } from './oauth.service.js';
