/** A function for each operation of the API, made from its description. Pass `auth` to `createClient` for the token. */
export { createConfig } from '../generated/client/index.js';
export { createClient } from './dots.js';
export * from '../generated/index.js';
