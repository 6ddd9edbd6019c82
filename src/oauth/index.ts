export { ClientRepository } from './client.repository.js';
export { hashSecret, secretFits } from './client-secret.js';
export type { Client, ClientSecret } from './client.types.js';
export { OAuthModule } from './oauth.module.js';
export { OAuthService } from './oauth.service.js';
