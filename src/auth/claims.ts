import { z } from 'zod';

const common = {
  iss: z.string(),
  sub: z.string(),
  client_id: z.string(),
  tenant: z.string(),
  scope: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string(),
};

/**
 * What an access token says (RFC 9068 section 2.2, and our own `tenant`, `token_use`, `sid`, `epoch`).
 * `epoch` is the session's, or the client's, when the token was made: a login, a logout or a new password, or a
 * secret that leaked, starts another one, and the tokens of the one before open nothing any more.
 */
export const accessClaims = z.discriminatedUnion('token_use', [
  z.object({ ...common, token_use: z.literal('anonymous'), sid: z.string(), epoch: z.string() }),
  z.object({ ...common, token_use: z.literal('customer'), sid: z.string(), epoch: z.string() }),
  z.object({ ...common, token_use: z.literal('service'), epoch: z.string() }),
]);

export type AccessClaims = z.infer<typeof accessClaims>;
export type ShopperClaims = Extract<AccessClaims, { sid: string }>;

/** What a saas token says: which customer, in which session. It is no access token. */
export const saasClaims = z.object({
  sub: z.string(),
  tenant: z.string(),
  sid: z.string(),
  epoch: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string(),
});

export type SaasClaims = z.infer<typeof saasClaims>;

/** What a `vtex_session` token says (behaviour W-70). */
export const sessionClaims = z.object({
  'account.id': z.string(),
  id: z.string(),
  version: z.number(),
  sub: z.literal('session'),
  account: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string(),
});

export type SessionClaims = z.infer<typeof sessionClaims>;
