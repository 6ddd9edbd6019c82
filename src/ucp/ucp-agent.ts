import { type CanActivate, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Dictionary, parseDictionary } from 'structured-headers';
import { principalOf, type RequestWithPrincipal } from '../auth/index.js';
import { HttpRefusal } from '../http/refusal.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { UCP_VERSION } from '../shared/ucp.js';
import type { ShoppingAgent } from './ucp.types.js';

/** In characters. The address is kept with each change. */
const LONGEST_PROFILE = 200;

/** The client that calls, and the profile in the header `UCP-Agent`. */
export const CurrentAgent = createParamDecorator((_: unknown, context: ExecutionContext): ShoppingAgent => {
  const request = context.switchToHttp().getRequest<RequestWithPrincipal>();
  const principal = principalOf(request);
  if (principal?.kind !== 'service') throw new Unauthenticated();
  return { clientId: principal.clientId, profile: profileIn(request.headers['ucp-agent']) };
});

/**
 * Refuses a wrong `UCP-Agent` before `Idempotency-Key` is looked at, which is not kept for such a request. It belongs on the
 * class: its guards run before those of a method.
 */
export class AgentGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    profileIn(context.switchToHttp().getRequest<RequestWithPrincipal>().headers['ucp-agent']);
    return true;
  }
}

/**
 * Reads `profile="https://agent.example/profile"`, a dictionary of RFC 8941. The profile is never fetched: an address
 * that a caller chooses must not make this service call it. Agents may name the version of the protocol beside it.
 * @throws HttpRefusal - 400: there is no usable profile; 422: another version of the protocol
 */
function profileIn(header: unknown): string {
  const dictionary = read(header);
  const member = dictionary?.get('profile');
  const profile = member?.[0];
  if (!dictionary || !member || typeof profile !== 'string' || !isProfile(profile)) {
    const message = `The header UCP-Agent must name an https address of at most ${LONGEST_PROFILE} characters: profile="https://agent.example/profile"`;
    throw new HttpRefusal(400, message, {}, { code: 'invalid_profile_url' });
  }
  const version = dictionary.get('version')?.[0] ?? member[1].get('version');
  if (version !== undefined && version !== UCP_VERSION) {
    const message = `This version of the protocol is not served. Use ${UCP_VERSION}.`;
    throw new HttpRefusal(422, message, {}, { code: 'version_unsupported' });
  }
  return profile;
}

function read(header: unknown): Dictionary | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    return parseDictionary(header);
  } catch {
    return undefined;
  }
}

function isProfile(address: string): boolean {
  const url = URL.parse(address);
  const isSecret = url !== null && (url.username !== '' || url.password !== '');
  return address.length <= LONGEST_PROFILE && url?.protocol === 'https:' && !isSecret;
}
