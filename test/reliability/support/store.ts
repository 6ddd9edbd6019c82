import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { STORE } from './form.js';

/** What makes a service, or several, use one fresh store of the driver that is under test. */
export function storeEnv(): NodeJS.ProcessEnv {
  return STORE === 'mongo' ? { MONGODB_URI: databaseOf(inject('mongoUri')) } : {};
}

/** The same servers, with a database of its own. */
export function databaseOf(uri: string): string {
  const [servers = '', options = ''] = uri.split('?');
  const name = `reliability-${randomUUID().slice(0, 8)}`;
  return `${servers.replace(/\/[^/]*$/, '/')}${name}?${options}`;
}
