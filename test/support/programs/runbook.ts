import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURES, type Told } from '../../moving/release/told.js';
import { HttpUser } from '../people/http-user.js';
import { Machine, type Settings } from './machine.js';
import { WebhookTarget } from '../events/webhook-target.js';

const PAGE = 'docs/operations.md';
const OLD_SECRET = 'the secret of last year';
const NEW_SECRET = 'the secret of this year';
const SECRET_OF_RELEASES = 'a secret of the tests only';
const RELEASE_BEFORE = join(FIXTURES, 'format-1');

const BACKEND = { client_id: 'acme-backend', client_secret: 'acme-backend-secret' };

type StoreName = 'embedded' | 'mongo';

export interface RunbookStore {
  readonly name: StoreName;
  /** @returns the settings of an empty store */
  settings(folder: string): Settings;
  /** @param rows of a store that the version before left @returns the settings of a store with these rows */
  earlier(folder: string, rows: string): Promise<Settings>;
}

export interface Entry {
  /** The heading above. */
  readonly under: string;
  readonly commands: string;
  readonly stores: readonly StoreName[];
}

const MARK = String.raw`<!-- checked by test/(start|mongo)/runbook\.spec\.ts(?:: (.+))? -->`;
const BLOCK = new RegExp(`^(?:##+ (.+)|${MARK}\n\`\`\`sh\n([^]*?)^\`\`\`)$`, 'gm');

/** The blocks of the page that tests type, each under its heading. */
export function entriesOf(markdown: string): readonly Entry[] {
  let under = 'the beginning';
  return [...markdown.matchAll(BLOCK)].flatMap(([, heading, folder, how, commands]) => {
    under = heading ?? under;
    if (commands === undefined) return [];
    const both: readonly StoreName[] = ['embedded', 'mongo'];
    const stores = folder === 'mongo' ? both.slice(1) : both.slice(0, how === 'embedded store' ? 1 : 2);
    return [{ under, commands, stores }];
  });
}

export const readRunbook = (): string => readFileSync(PAGE, 'utf8');

const [SETTINGS, ...ENTRIES] = entriesOf(readRunbook());

/** Walks all of the page that an operator of this store types. */
export function walkRunbook(store: RunbookStore): void {
  describe(`The runbook, on the ${store.name} store`, () => {
    const own = ENTRIES.filter(({ stores }) => stores.includes(store.name));
    const ofUpgrade = own.filter(({ under }) => under === 'Upgrade');
    const others = own.filter(({ under }) => under !== 'Upgrade');
    let machine: Machine;
    let target: WebhookTarget;

    beforeAll(async () => {
      machine = await Machine.open(`runbook-${store.name}`);
      const BACKUPS = join(machine.folder, 'backups');
      await machine.restart({ BACKUPS, KEYS_SECRET: OLD_SECRET, ...store.settings(machine.folder) });
      target = await WebhookTarget.open();
      await type(`onesession webhooks create ${target.url}`);
      await machine.restart({ KEYS_SECRET: `${NEW_SECRET},${OLD_SECRET}` });
    });
    afterAll(async () => {
      await machine.remove();
      target.close();
    });

    /** Types commands of the page, after the settings at its beginning. */
    const type = (commands: string): Promise<string> => machine.type(`${SETTINGS?.commands}\n${commands}`);

    it('has commands for what an operator has to do', () => {
      expect(others.length).toBeGreaterThan(15);
      expect(ofUpgrade.length).toBeGreaterThan(0);
    });

    it.each(others)('has commands that work: $under', async ({ commands }) => {
      expect(await type(commands)).not.toBe('');
    });

    it('rotates KEYS_SECRET so that the service starts without the old one, and nobody is logged out', async () => {
      const { body } = await new HttpUser(machine.url)
        .get('/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront')
        .expect(200);
      await machine.restart({ KEYS_SECRET: NEW_SECRET });
      const visitor = new HttpUser(machine.url, body.access_token);
      await visitor.get('/session-context/acme/me/context').expect(404);
      await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
      await type('onesession doctor');
    });

    it('upgrades what the version before has stored, and its sessions are there', async () => {
      await machine.stop();
      machine.set(await store.earlier(machine.folder, join(RELEASE_BEFORE, `${store.name}.ndjson`)));
      machine.set({ KEYS_SECRET: SECRET_OF_RELEASES });
      await type(ofUpgrade.map(({ commands }) => commands).join('\n'));
      if (store.name === 'embedded') expect(machine.log).toContain('The store has format 2 now');
      const told: Told = JSON.parse(readFileSync(join(RELEASE_BEFORE, `${store.name}.told.json`), 'utf8'));
      const { session, cartId } = told.shopper;
      const form = { grant_type: 'client_credentials', ...BACKEND };
      const { body } = await new HttpUser(machine.url)
        .post('/oauth/token')
        .type('form')
        .send(form)
        .expect(200);
      const { body: context } = await new HttpUser(machine.url, body.access_token)
        .get(`/session-context/acme/context/${session}`)
        .expect(200);
      expect(context).toMatchObject({ cartId });
    });
  });
}
