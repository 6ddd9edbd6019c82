import type { Bootstrap } from './bootstrap/index.js';
import type { Config } from './config/config.schema.js';

export interface Addresses {
  readonly url: string;
  /** The address of ADMIN_PORT, if it is set. */
  readonly admin: string | undefined;
}

/** Returns what a person who typed `npm start` wants to know. */
export function greeting(addresses: Addresses, config: Config, declared: Bootstrap | undefined): string {
  const url = addresses.url.replace('[::1]', '127.0.0.1');
  const { admin } = addresses;
  const docs = config.PUBLIC_DOCS === 'on' ? url : admin;
  const lines = [
    `onesession listens on ${url}`,
    ...(admin === undefined ? [] : [`Administration, metrics and health: ${admin}`]),
    ...(docs === undefined ? [] : [`Description of the API: ${docs}/docs`]),
  ];
  if (!config.KEYS_SECRET) {
    lines.push(
      'KEYS_SECRET is not set: the signing keys are encrypted with a published secret. Not for production.',
    );
  }
  return `${[...lines, ...(declared?.demo ? demoLines(url, declared) : [])].join('\n')}\n`;
}

function demoLines(url: string, { tenants }: Bootstrap): string[] {
  const rows = tenants.flatMap(({ name, clients }) =>
    clients.map(
      (c) => `  ${name}  ${c.clientId}${c.kind === 'backend' ? `  secret ${c.secret}` : '  (public)'}`,
    ),
  );
  const first = tenants[0];
  const storefront = first?.clients.find((client) => client.kind === 'storefront');
  if (!first || !storefront) return rows;
  const login = `${url}/customerlogin/auth/anonymous/login?tenant=${first.name}&client_id=${storefront.clientId}`;
  return ['Demo clients:', ...rows, 'Try:', `  curl '${login}'`];
}
