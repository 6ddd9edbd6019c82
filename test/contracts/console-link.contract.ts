import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ConsoleLinkRepository } from '../../src/console/console-link.repository.js';
import type { ConsoleLink } from '../../src/console/console-link.types.js';

const aLink = (): ConsoleLink => ({
  hash: randomBytes(32).toString('base64url'),
  tenant: 'acme',
  clientId: 'acme-support',
  epoch: 'first',
  scopes: ['session.session_read'],
  // In the future of the server too, whose own clock erases links.
  endsAt: new Date(Date.now() + 3_600_000),
  grantEndsAt: new Date(Date.now() + 7_200_000),
});

/** What every adapter promises for the links of the console. */
export function consoleLinkContract(links: () => ConsoleLinkRepository): void {
  it('are taken as they were added, and only once [P-40]', async () => {
    const [one, other] = [aLink(), aLink()];
    for (const link of [one, other]) await links().add(link);
    expect(await links().take(one.hash)).toStrictEqual(one);
    expect(await links().take(one.hash)).toBeUndefined();
    expect(await links().take(other.hash)).toStrictEqual(other);
  });

  it('are taken by one of many that ask at once [P-40]', async () => {
    const link = aLink();
    await links().add(link);
    const taken = await Promise.all(Array.from({ length: 8 }, () => links().take(link.hash)));
    expect(taken.filter((one) => one !== undefined)).toStrictEqual([link]);
  });

  it('that nobody added are not found', async () => {
    expect(await links().take('nothing')).toBeUndefined();
  });
}
