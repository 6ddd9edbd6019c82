import type { FastifyRequest } from 'fastify';
import { principalOf, type RequestWithPrincipal } from '../auth/index.js';
import { textField } from '../rate-limit/index.js';
import { loginEmail } from '../shared/email.js';
import { customerOf } from './own-customer.js';

/** Whose account a request is about: one account, however its e-mail is typed, in one tenant. */
export function loginSubject({ params, body }: FastifyRequest): readonly string[] {
  return [textField(params, 'tenant'), loginEmail(textField(body, 'email'))];
}

/** The customer of the token, whom the access guard has let in. */
export function ownSubject(request: RequestWithPrincipal): readonly string[] {
  const me = customerOf(principalOf(request));
  return me ? [me.tenant, me.id] : [];
}
