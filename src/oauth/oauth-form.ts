import { CREDENTIAL_FIELDS } from './client-credentials.js';
import { invalidRequest } from './oauth.errors.js';

/** The form of the routes for introspection and revocation. */
export const TOKEN_FORM = ['token', 'token_type_hint', ...CREDENTIAL_FIELDS] as const;

/**
 * Reads the known fields of a form. A repeated parameter is an error, and one without a value counts as left out (RFC
 * 6749 section 3.2).
 * @throws OAuthError
 */
export function readForm<F extends string>(body: unknown, fields: readonly F[]): Partial<Record<F, string>> {
  const form: Partial<Record<F, string>> = {};
  if (typeof body !== 'object' || body === null) return form;
  for (const [name, value] of Object.entries(body)) {
    const field = fields.find((known) => known === name);
    if (field === undefined || value === '') continue;
    if (typeof value !== 'string') throw invalidRequest(`${field} must be sent only once, as text`);
    form[field] = value;
  }
  return form;
}
