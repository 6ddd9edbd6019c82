import type { FastifyRequest } from 'fastify';
import { principalOf, type RequestWithPrincipal } from '../auth/index.js';
import { textField } from '../rate-limit/index.js';
import { loginEmail } from '../shared/email.js';
import { customerOf } from './own-customer.js';

/** Returns which account a request is about: one account of one tenant, however its e-mail is typed. */
export function loginSubject({ params, body }: FastifyRequest): readonly string[] {
  return [textField(params, 'tenant'), loginEmail(textField(body, 'email'))];
}

/** Returns the customer of the token that the access guard has accepted. */
export function ownSubject(request: RequestWithPrincipal): readonly string[] {
  const me = customerOf(principalOf(request));
  return me ? [me.tenant, me.id] : [];
}
