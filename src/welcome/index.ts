export { WelcomeModule } from './welcome.module.js';
