import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSessionId } from '../../../src/shared/ids.js';
import { Ctl } from '../../support/programs/ctl.js';
import { openShop, type Shop } from '../../support/shop.js';

describe('A developer tries session apps at the command line', () => {
  let shop: Shop;
  let ctl: Ctl;
  let sessionId: string;
  beforeAll(async () => {
    shop = await openShop();
    ctl = Ctl.ofBackend(shop.url);
    const visitor = await shop.visitor();
    sessionId = visitor.sessionId ?? '';
  });
  afterAll(async () => {
    ctl.remove();
    await shop.close();
  });

  it('and sees what a change would do, which is not saved', async () => {
    const words = [
      'apps',
      'try',
      sessionId,
      '--set',
      'utm_campaign=black friday',
      '--set',
      'geoCoordinates=13,52',
    ];
    const tried = await ctl.json(words, 'DryRunDto');
    expect(tried.changes).toContainEqual({ name: 'rnb.campaigns', before: null, after: expect.any(String) });
    expect(tried.ignored).toContain('public.geoCoordinates');
    const text = await ctl.prints(words);
    expect(text).toMatch(/^rnb\.campaigns +- +\S/m);
    expect(text).toContain('Inputs that no app can use: public.geoCoordinates');
    expect(await ctl.json(words)).toMatchObject({ changes: tried.changes });
  });

  it('and is told what was wrong', async () => {
    await ctl.fails(['apps', 'try', newSessionId()], 5);
    const { code, told } = await ctl.run(['apps', 'try', sessionId, '--set', 'colour']);
    expect({ code, told }).toEqual({ code: 2, told: expect.stringContaining('such as country=USA') });
    const reader = {
      ONESESSION_CLIENT_ID: 'acme-readonly',
      ONESESSION_CLIENT_SECRET: 'acme-readonly-secret',
    };
    await ctl.with(reader).fails(['apps', 'try', sessionId], 4);
    await ctl.with({ ONESESSION_URL: 'http://127.0.0.1:2' }).fails(['apps', 'try', sessionId], 3);
  });
});
