import { z } from 'zod';
import { WrongUsage } from '../io/command-failure.js';

/** The addresses of a running service. */
export interface Addresses {
  readonly url: string;
  /** Differs from `url` if the service has an ADMIN_PORT. */
  readonly adminUrl: string;
}

export interface AddressOptions {
  readonly url?: string;
  readonly adminUrl?: string;
}

export interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

export const OPERATOR = 'operator';

const origin = z.url({ protocol: /^https?$/ });

/** @throws WrongUsage - one of the addresses is not a URL */
export function addressesOf(options: AddressOptions, env: NodeJS.ProcessEnv = process.env): Addresses {
  const url = options.url ?? set(env.ONESESSION_URL) ?? `http://127.0.0.1:${set(env.PORT) ?? 3000}`;
  const adminUrl = options.adminUrl ?? set(env.ONESESSION_ADMIN_URL) ?? url;
  return { url: checked(url, '--url'), adminUrl: checked(adminUrl, '--admin-url') };
}

/** @throws WrongUsage - the environment does not name a client */
export function tenantCredentials(env: NodeJS.ProcessEnv = process.env): Credentials {
  const named = namedCredentials(env, 'ONESESSION');
  if (named) return named;
  throw new WrongUsage(
    'Set ONESESSION_CLIENT_ID and ONESESSION_CLIENT_SECRET to a backend client of the tenant. They are read from the ' +
      'environment only, because others on this machine can see the words of a command',
  );
}

/** The client that `…_CLIENT_ID` and `…_CLIENT_SECRET` name, if both are set. */
export function namedCredentials(env: NodeJS.ProcessEnv, prefix: string): Credentials | undefined {
  const [clientId, secret] = [set(env[`${prefix}_CLIENT_ID`]), set(env[`${prefix}_CLIENT_SECRET`])];
  return clientId === undefined || secret === undefined ? undefined : { clientId, secret };
}

/** @throws WrongUsage - the environment has no secret of the operator */
export function operatorCredentials(env: NodeJS.ProcessEnv = process.env): Credentials {
  const secret = set(env.OPERATOR_SECRET);
  if (secret !== undefined) return { clientId: OPERATOR, secret };
  throw new WrongUsage('Set OPERATOR_SECRET to the one that the service was started with');
}

/** An empty variable counts as none, as it does for the service. */
const set = (value: string | undefined): string | undefined => value?.trim() || undefined;

function checked(url: string, option: string): string {
  if (!origin.safeParse(url).success) {
    throw new WrongUsage(`${option} must be an address such as https://sessions.example.com, not ${url}`);
  }
  return url.replace(/\/+$/, '');
}
