import type { FastifyRequest } from 'fastify';
import { textField } from '../rate-limit/index.js';
import { loginEmail } from './email.rules.js';

/** Whose account a request is about: one account, however its e-mail is typed, in one tenant. */
export function loginSubject({ params, body }: FastifyRequest): readonly string[] {
  return [textField(params, 'tenant'), loginEmail(textField(body, 'email'))];
}
