import { type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FastStoreShopper } from './support/faststore.js';
import { ShopService } from './support/shop-service.js';
import { logIn, type Login } from './support/shopper.js';
import { TlsFront } from './support/tls-front.js';
import { printVersion } from './support/versions.js';
import { VtexStandIn } from './support/vtex-stand-in.js';

/** As FastStore puts it together of account and environment. */
const SHOP = 'https://acme.vtexcommercestable.com.br';
const LOGIN_COOKIE = 'VtexIdclientAutCookie_acme';
/** In São Paulo, where the demo data have a region. */
const HOME = { country: 'BRA', postalCode: '05010000', city: null, geoCoordinates: null };

describe('A FastStore shop whose sessions are here', () => {
  const before: Dispatcher = getGlobalDispatcher();
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let service: ShopService;
  let front: TlsFront;
  let rest: VtexStandIn;
  const shopper = new FastStoreShopper();

  beforeAll(async () => {
    printVersion('@faststore/api');
    rest = await VtexStandIn.open();
    service = await ShopService.start({ UPSTREAM_VTEX: rest.url });
    front = await TlsFront.before(service.url, ['*.vtexcommercestable.com.br']);
    setGlobalDispatcher(front.dispatcher);
  });
  afterEach(() => {
    const complained = complaints.mock.calls.map(([what]) => what);
    const refused = front.exchanges.filter(({ status }) => status >= 400);
    complaints.mockClear();
    front.exchanges.length = 0;
    expect({ complained, refused }).toEqual({ complained: [], refused: [] });
  });
  afterAll(async () => {
    setGlobalDispatcher(before);
    complaints.mockRestore();
    await front?.close();
    await service?.stop();
    rest?.close();
  });

  /** What pages are cached by. */
  const segment = async (of: FastStoreShopper): Promise<Record<string, unknown>> => {
    const cookie = `vtex_session=${of.cookies.get('vtex_session')}`;
    const answer = await fetch(`${SHOP}/api/segments`, { headers: { cookie } });
    return (await answer.json()) as Record<string, unknown>;
  };
  const logInto = async (one: FastStoreShopper, email: string, password: string): Promise<Login> => {
    const login = await logIn(service.url, email, password);
    one.cookies.set(LOGIN_COOKIE, login.accessToken);
    return login;
  };
  const logOutOf = async (one: FastStoreShopper, login: Login): Promise<void> => {
    await login.logOut();
    one.cookies.delete(LOGIN_COOKIE);
  };

  it('gets the whole session with its first request, and its cookies [F-50]', async () => {
    const session = await shopper.visit();
    expect(session).toMatchObject({ country: 'DEU', currency: { code: 'EUR', symbol: '€' }, person: null });
    expect(shopper.channel).toMatchObject({ salesChannel: 'main', hasOnlyDefaultSalesChannel: false });
    expect([...shopper.cookies.keys()].toSorted()).toEqual(['vtex_segment', 'vtex_session']);
  });

  it('goes on with it, and keeps what a campaign’s link says [F-50, F-61]', async () => {
    const session = await shopper.visit('?utm_campaign=black+friday&utm_source=mail&utmi_cp=spring');
    expect(session.marketingData).toMatchObject({ utmCampaign: 'black friday', utmiCampaign: 'spring' });
    expect(await segment(shopper)).toMatchObject({
      campaigns: 'vip',
      utm_campaign: 'black friday',
      utm_source: 'mail',
      utmi_campaign: 'spring',
    });
  });

  it('learns the region of a postal code, with coordinates as JavaScript prints them [F-55]', async () => {
    const session = await shopper.visit('', HOME);
    expect(session).toMatchObject({ city: 'São Paulo', geoCoordinates: { longitude: -46.63330840000001 } });
    expect(shopper.channel).toMatchObject({ regionId: 'sao-paulo' });
  });

  it('changes the language', async () => {
    await shopper.visit('', { locale: 'de-DE' });
    expect(await segment(shopper)).toMatchObject({ cultureInfo: 'de-DE' });
  });

  it('moves to another trade policy, which brings its currency', async () => {
    const session = await shopper.visit('?sc=us');
    expect(session).toMatchObject({ country: 'USA', currency: { code: 'USD', symbol: '$' } });
    // FastStore itself goes on with the channel that its page was told first.
    expect(shopper.channel).toMatchObject({ salesChannel: 'main' });
    expect(await segment(shopper)).toMatchObject({ channel: 'us' });
  });

  it('shows who has logged in, and lets a member ask for a members’ policy at once [F-51]', async () => {
    const anna = new FastStoreShopper();
    const login = await logInto(anna, 'anna@acme.test', 'demo-Anna-2026');
    const session = await anna.visit('?sc=b2b');
    expect(session.person).toMatchObject({ email: 'anna@acme.test', givenName: 'Anna', familyName: 'Demo' });
    expect(anna.channel).toMatchObject({ salesChannel: 'b2b' });
    await logOutOf(anna, login);
  });

  it('shows nobody after a logout, and falls back to a policy that is for guests [F-51, F-53]', async () => {
    const anna = new FastStoreShopper();
    await anna.visit();
    const login = await logInto(anna, 'anna@acme.test', 'demo-Anna-2026');
    expect((await anna.visit('?sc=b2b')).person).not.toBeNull();
    await logOutOf(anna, login);
    expect((await anna.visit('', { channel: JSON.stringify({ salesChannel: '' }) })).person).toBeNull();
    expect(await segment(anna)).toMatchObject({ channel: 'main' });
  });

  it('is validated twenty times in a row through login, sales channel, region and logout', async () => {
    const ben = new FastStoreShopper();
    for (let round = 0; round < 20; round += 1) {
      expect((await ben.visit(`?sc=main&utm_source=round${round}`)).person).toBeNull();
      await ben.visit('?sc=us', HOME);
      expect(ben.channel).toMatchObject({ regionId: 'sao-paulo' });
      expect(await segment(ben)).toMatchObject({ channel: 'us', regionId: 'sao-paulo' });
      const login = await logInto(ben, 'ben@acme.test', 'demo-Ben-2026');
      expect((await ben.visit('?sc=main')).person).toMatchObject({ email: 'ben@acme.test' });
      expect(await segment(ben)).toMatchObject({ channel: 'main' });
      await logOutOf(ben, login);
      expect((await ben.visit('', { locale: round % 2 === 0 ? 'de-DE' : 'en-US' })).person).toBeNull();
    }
    expect(front.exchanges.filter(({ path }) => path.startsWith('/api/sessions'))).toHaveLength(80);
  });

  it('asks the rest of VTEX for what is not here, with no cookie that is [F-53]', () => {
    expect(rest.received.length).toBeGreaterThan(20);
    for (const { path, headers } of rest.received) {
      expect(path).toMatch(/^\/api\/checkout\/pub\//);
      expect(headers.cookie ?? '').not.toMatch(/vtex_|VtexIdclient/i);
    }
  });
});
