import { z } from 'zod';

const ofAnyClient = {
  iss: z.string(),
  sub: z.string(),
  client_id: z.string(),
  scope: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string(),
};

const common = { ...ofAnyClient, tenant: z.string() };

/** Which session a token opens; see `Session.epoch` and `Session.kept`. */
const ofSession = {
  sid: z.string(),
  epoch: z.string(),
  /** Shared by the tokens of one answer: a login's, or a refresh's. Tokens made before there were grants have none. */
  grant: z.string().optional(),
};

/**
 * What an access token says (RFC 9068 section 2.2, and our own `tenant`, `token_use`, `sid`, `epoch`, `grant`).
 * `epoch` is that of the session, or of the client, when the token was made. A login, a new password or a leaked
 * secret starts another epoch, and tokens of earlier ones open nothing.
 */
export const accessClaims = z.discriminatedUnion('token_use', [
  z.object({ ...common, token_use: z.literal('anonymous'), ...ofSession }),
  z.object({
    ...common,
    token_use: z.literal('customer'),
    ...ofSession,
    /** The legal entity that the customer acted for when the token was made. Decisions go by the session instead. */
    legalEntityId: z.string().optional(),
  }),
  z.object({ ...common, token_use: z.literal('service'), epoch: z.string() }),
  // The only kind that names no tenant. Its epoch comes from OPERATOR_SECRET: another secret ends its tokens.
  z.object({ ...ofAnyClient, token_use: z.literal('operator'), epoch: z.string() }),
]);

export type AccessClaims = z.infer<typeof accessClaims>;
export type OperatorClaims = Extract<AccessClaims, { token_use: 'operator' }>;
/** What the tokens of a tenant's clients and shoppers say. */
export type TenantClaims = Exclude<AccessClaims, OperatorClaims>;

/** An access token whose signature was found good. */
export interface VerifiedToken<C extends AccessClaims = TenantClaims> {
  readonly claims: C;
  /** Of the key that signed it. When that key is dropped, the token is worthless. */
  readonly kid: string;
}

export type ShopperClaims = Extract<AccessClaims, { sid: string }>;

/** What a saas token says: which customer, in which session. It is no access token. */
export const saasClaims = z.object({
  sub: z.string(),
  tenant: z.string(),
  ...ofSession,
  iat: z.number(),
  exp: z.number(),
  jti: z.string(),
});

export type SaasClaims = z.infer<typeof saasClaims>;

/** What a `vtex_session` token says: the claims of the wire and no others (behaviour W-70). */
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

/** What the token of a handover link says. It names a session and opens it once; it is no access token. */
export const handoverClaims = z.object({
  tenant: z.string(),
  sid: z.string(),
  epoch: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string(),
});

export type HandoverClaims = z.infer<typeof handoverClaims>;

/** The wire leaves `jti` to the issuer: it begins with the epoch of the session, which the token has to carry. */
export const sessionTokenId = (epoch: string, random: string): string => `${epoch}.${random}`;

export const epochOf = ({ jti }: Pick<SessionClaims, 'jti'>): string => jti.split('.', 1)[0] ?? '';
