import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aSession } from '../../../test/support/data/builders.js';
import { LoginServices } from '../../../test/support/people/login-services.js';
import { SessionNotFound, type Shopper } from '../../session/index.js';
import { newId } from '../../shared/ids.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { OwnSessionsService } from './own-sessions.service.js';

describe('The sessions of a customer', () => {
  let services: LoginServices;
  let controller: OwnSessionsController;
  let customerId: string;
  const begin = async () => {
    const tokens = await services.sessions.begin('acme', 'acme-storefront', {});
    return services.shopper(tokens);
  };
  const logIn = async (device?: string, id = customerId): Promise<Shopper> => {
    const { session } = await begin();
    const { tokens } = await services.sessions.becomeCustomers(session, id, device);
    return services.shopper(tokens);
  };
  const idsOf = async (me: Shopper) => (await controller.list(me)).map(({ sessionId }) => sessionId);

  beforeAll(async () => {
    services = await LoginServices.open();
    controller = new OwnSessionsController(new OwnSessionsService(services.sessions));
  });
  afterAll(() => services.close());
  beforeEach(() => {
    customerId = newId();
  });

  it('are listed with their device, and say which one is this', async () => {
    const phone = await logIn('Safari on iOS');
    const began = services.clock.now().toISOString();
    services.clock.advanceSeconds(60);
    const unknown = await logIn();
    const about = { clientId: 'acme-storefront' };
    expect(await controller.list(phone)).toStrictEqual([
      {
        ...about,
        sessionId: unknown.sessionId,
        current: false,
        createdAt: services.clock.now().toISOString(),
        lastUsedAt: services.clock.now().toISOString(),
        device: 'Unknown device',
      },
      {
        ...about,
        sessionId: phone.sessionId,
        current: true,
        createdAt: began,
        lastUsedAt: began,
        device: 'Safari on iOS',
      },
    ]);
  });

  it('are nobody else’s, and no guest’s', async () => {
    const mine = await logIn();
    await logIn('Safari on iOS', newId());
    expect(await idsOf(mine)).toEqual([mine.sessionId]);
    expect(await controller.list(await begin())).toEqual([]);
  });

  it('are ended by name, this one too', async () => {
    const [one, other] = [await logIn(), await logIn()];
    await controller.end(one, other.sessionId);
    expect(await idsOf(one)).toEqual([one.sessionId]);
    await controller.end(one, one.sessionId);
    expect(await services.stored(one)).toBeUndefined();
  });

  it('are not found where they are another customer’s, a guest’s or nobody’s, and go on [P-10]', async () => {
    const mine = await logIn();
    const bens = await logIn(undefined, newId());
    const guests = await begin();
    for (const sessionId of [bens.sessionId, guests.sessionId, newId()])
      await expect(controller.end(mine, sessionId)).rejects.toThrow(SessionNotFound);
    await expect(controller.end(guests, guests.sessionId)).rejects.toThrow(SessionNotFound);
    expect(await services.stored(bens)).toBeDefined();
    expect(await services.stored(guests)).toBeDefined();
  });

  it('all end but this one, and are counted', async () => {
    const mine = await logIn();
    await logIn();
    await logIn();
    const bens = await logIn(undefined, newId());
    expect(await controller.endOthers(mine)).toEqual({ ended: 2 });
    expect(await idsOf(mine)).toEqual([mine.sessionId]);
    expect(await services.stored(bens)).toBeDefined();
    expect(await controller.endOthers(mine)).toEqual({ ended: 0 });
    expect(await controller.endOthers(await begin())).toEqual({ ended: 0 });
    expect(await services.stored(mine)).toBeDefined();
  });

  it('are listed up to 200', async () => {
    const mine = await logIn();
    const others = Array.from({ length: 200 }, () => aSession({ kind: 'customer', customerId }));
    await Promise.all(others.map((one) => services.storage.sessions.create(one, services.clock.now())));
    expect(await controller.list(mine)).toHaveLength(200);
  });
});
