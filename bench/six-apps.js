import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.setup.ts';
import { TokenIssuer } from '../src/auth/index.ts';
import { BootstrapService, readBootstrap } from '../src/bootstrap/index.ts';
import { readConfig } from '../src/config/config.schema.ts';
import { createPino } from '../src/observability/index.ts';
import { anonymousSession } from '../src/session/index.ts';
import { SystemClock } from '../src/shared/clock.ts';
import { openStorage } from '../src/storage/open-storage.ts';
import { SessionCycle } from '../src/vtex/cycle/session-cycle.service.ts';

const TENANT = 'acme';

/** By what an employee acts as a customer who came by a campaign: each of the six apps has something to say. */
const ASKED = new Map(
  Object.entries({
    'public.utm_campaign': 'black friday',
    'public.country': 'BRA',
    'public.postalCode': '05408000',
    'public.vtex-impersonated-customer-email': 'anna@acme.test',
    'public.vtex-impersonation-reason': 'orders by telephone',
  }),
);

/**
 * The built service with the demo data on its own embedded store, without HTTP.
 * @returns a session before its first request, and the whole of what the apps make of that request; nothing is saved
 */
export async function sixApps() {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-six-apps-'));
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'error' });
  const clock = new SystemClock();
  const storage = await openStorage(config);
  const app = await createApp({ config, storage, clock }, createPino(config));
  await app.init();
  await app.get(BootstrapService).load(await readBootstrap(config));
  await storage.vtexSettings.change(TENANT, (settings) => ({ ...settings, impersonateInstalled: true }));
  const client = await storage.clients.find('acme-backend');
  const staff = await app.get(TokenIssuer, { strict: false }).serviceToken(client, client.scopes);
  const cycle = app.get(SessionCycle, { strict: false });
  const session = anonymousSession(
    {
      tenant: TENANT,
      sessionId: '62528895-b561-4518-bfdc-2cbf52a07845',
      clientId: 'vtex_session',
      epoch: 'e',
    },
    clock.now(),
  );
  const cookies = new Map([['VtexIdclientAutCookie', [staff.token]]]);
  const request = { asked: ASKED, cookies, complete: true, retry: true, settings: {} };
  const close = async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  };
  const transform = async () => {
    const planned = await cycle.plan(session, request);
    return { cycle: planned.cycle, next: planned.outcome().next };
  };
  return { session, transform, close };
}
