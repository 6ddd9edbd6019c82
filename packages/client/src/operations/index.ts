/** A function for each operation of the API, made from its description. Pass `auth` to `createClient` for the token. */
export { createClient, createConfig } from '../generated/client/index.js';
export * from '../generated/index.js';
