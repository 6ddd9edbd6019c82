import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { STORE } from './form.js';

/** These figures are about what is kept, not about when a busy machine is given up. */
const PATIENT_OPTIONS = '&waitQueueTimeoutMS=60000&socketTimeoutMS=60000&serverSelectionTimeoutMS=60000';
const PATIENT = { REQUEST_TIMEOUT_SECONDS: '60' };

/** What makes a service, or several, use one fresh store of the driver that is under test. */
export const storeEnv = (): NodeJS.ProcessEnv => ({ ...PATIENT, ...freshStore(PATIENT_OPTIONS) });

/** The same, with the service's own patience. */
export const freshStore = (options = ''): NodeJS.ProcessEnv =>
  STORE === 'mongo' ? { MONGODB_URI: `${databaseOf(inject('mongoUri'))}${options}` } : {};

/** The same servers, with a database of its own. */
export function databaseOf(uri: string): string {
  const [servers = '', options = ''] = uri.split('?');
  const name = `reliability-${randomUUID().slice(0, 8)}`;
  return `${servers.replace(/\/[^/]*$/, '/')}${name}?${options}`;
}
