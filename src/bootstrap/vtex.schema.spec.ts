import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig, WrongConfiguration } from '../config/config.schema.js';
import { readBootstrap } from './read-bootstrap.js';

const app = {
  name: 'banner',
  url: 'https://apps.acme.test/',
  input: { public: ['x'] },
  output: { offers: ['banner'] },
};
const area = [
  [0, 0],
  [1, 0],
  [0, 100],
];

describe('What a file declares for the apps of sessions', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'onesession-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (vtex: object) => {
    const file = join(folder, 'declared.json');
    writeFileSync(file, JSON.stringify({ tenants: [{ name: 'acme' }, { name: 'globex', vtex }] }));
    return readBootstrap(readConfig({ BOOTSTRAP_FILE: file }));
  };
  /** What an operator is told before anything listens; the exit code is that of a wrong setting. */
  const refusalOf = async (vtex: object): Promise<string> => {
    const refusal: unknown = await read(vtex).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WrongConfiguration);
    return String(refusal);
  };

  it('is taken when it is well formed', async () => {
    const vtex = {
      customerGroups: [{ id: 'gold', priceTables: ['gold'] }],
      campaigns: [
        { id: 'vip', rules: [{ group: 'gold' }] },
        { id: 'west', rules: [{ postalCode: { prefix: '05', country: 'BRA' } }] },
      ],
      regions: [
        { id: 'U1cjc2VsbGVyMQ==', country: 'BRA', salesChannels: ['main'] },
        { id: 'usa', country: 'USA' },
      ],
      sessionApps: [app],
    };
    expect((await read(vtex))?.tenants[1]?.vtex).toMatchObject(vtex);
  });

  it.each([
    ['customerGroups[0].priceTables[0]', { customerGroups: [{ id: 'gold', priceTables: ['a,b'] }] }],
    ['campaigns[0].rules[0]', { campaigns: [{ id: 'all', rules: [{}] }] }],
    [
      'campaigns[1].rules[0].postalCode.to',
      {
        campaigns: [
          { id: 'good', rules: [{ group: 'gold' }] },
          { id: 'bad', rules: [{ postalCode: { from: '05999', to: '05000' } }] },
        ],
      },
    ],
    ['regions[0].country', { regions: [{ id: 'nowhere', country: 'ZZZ' }] }],
    ['regions[0].id', { regions: [{ id: 'a\u0000b', country: 'USA' }] }],
    ['regions[0].areas[0]', { regions: [{ id: 'usa', country: 'USA', areas: [area] }] }],
    ['sessionApps[0].url', { sessionApps: [{ ...app, url: 'ftp://apps.acme.test' }] }],
    ['sessionApps[0].input.cookie', { sessionApps: [{ ...app, input: { cookie: ['x'] } }] }],
    ['sessionApps[1].output.offers.banner', { sessionApps: [app, { ...app, name: 'other' }] }],
    ['sessionApps[1]', { sessionApps: [app, app] }],
    ['regions[1]', { regions: [{ id: 'usa', country: 'USA' }, { id: 'usa', country: 'BRA' }] }], // prettier-ignore
    ['sessionApps[0].name', { sessionApps: [{ ...app, name: 'impersonate' }] }],
  ])('is refused with the place of what is wrong: %s [D-18]', async (place, vtex) => {
    const message = await refusalOf(vtex);
    expect(message).toContain('BOOTSTRAP_FILE');
    expect(message.split('\n')).toContainEqual(
      expect.stringMatching(new RegExp(`^- ${escaped(`tenants[1].vtex.${place}`)}: `)),
    );
  });

  it('is refused for a key that nobody knows, and for more than sessions can carry', async () => {
    expect(await refusalOf({ campaing: [] })).toContain('campaing');
    const rules = Array.from({ length: 2000 }, () => ({ utm_source: 'x'.repeat(256) }));
    const campaigns = [{ id: 'large', rules }];
    expect(await refusalOf({ campaigns })).toContain('remove what is not in use');
  });
});

const escaped = (text: string): string => text.replaceAll(/[[\].]/g, String.raw`\$&`);
