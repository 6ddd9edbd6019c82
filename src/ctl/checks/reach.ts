import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Config } from '../../config/config.schema.js';
import type { Service } from '../api/service.js';
import { networkReason } from '../io/network-words.js';
import { failed, type Finding, ok, PATIENCE_MS, skipped } from './check.js';
import { ask } from './service.js';

const apps = z.array(z.looseObject({ name: z.string(), builtIn: z.boolean(), url: z.string().optional() }));

/**
 * Any response counts, because an app may refuse a request that it does not know. The request comes from this machine,
 * which may not be the service's.
 */
export async function checkApps(tenant: Service): Promise<readonly Finding[]> {
  const found = apps.parse(await tenant.get(tenant.path('session-apps')));
  const own = found.flatMap(({ name, url }) => (url === undefined ? [] : [{ name, url }]));
  if (own.length === 0) return [skipped('session apps', `${tenant.tenant} has none of its own`)];
  return Promise.all(own.map((app) => checkApp(app)));
}

async function checkApp({ name, url }: { readonly name: string; readonly url: string }): Promise<Finding> {
  const answer = await ask(url, 'OPTIONS');
  const check = `session app ${name}`;
  if (!(answer instanceof Error)) return ok(check, `${new URL(url).origin} answers`);
  return failed(
    check,
    `${new URL(url).origin} does not answer (${networkReason(answer)})`,
    'Start the app or correct its address: until then, its outputs are missing from sessions',
  );
}

/** Connects and logs in as the service does, and sends nothing. */
export async function checkMail({ SMTP_URL: url }: Config): Promise<Finding> {
  if (url === undefined) return skipped('mail', 'SMTP_URL is not set: no mail is sent');
  const timeouts = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, dnsTimeout: PATIENCE_MS };
  const server = createTransport({ url, ...timeouts, socketTimeout: PATIENCE_MS });
  const { host } = new URL(url);
  try {
    await server.verify();
    return ok('mail', `${host} takes mails`);
  } catch (error) {
    const advice = 'Correct SMTP_URL, or start the mail server: mails wait until then';
    return failed('mail', `${host} can't be used (${networkReason(error)})`, advice);
  } finally {
    server.close();
  }
}
