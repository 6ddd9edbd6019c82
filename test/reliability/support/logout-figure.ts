import { expect } from 'vitest';
import { figure } from './figure.js';
import type { Fleet } from './fleet.js';
import { type LoggedIn, logOutUnderWrites, othersAt, USES, usesOf } from './logout.js';
import { atOnce } from './parallel.js';
import { expectAnswer, makeById, readMine, refreshAnonymous, serviceToken } from './wire.js';

/** Right after the logout, after the writes that were under way, and after a crash of every instance. */
const TIMES = 3;
const AT_ONCE = 20;

/** R10: what was logged out opens nothing, nowhere, also after a crash, and not by a new context of the same id. */
export async function logoutStaysFinal(fleet: Fleet, sessions: number): Promise<void> {
  const { services, instances, first } = fleet;
  const ended: LoggedIn[] = [];
  while (ended.length < sessions) {
    const all = ended.length;
    const more = Math.min(AT_ONCE, sessions - all);
    ended.push(...(await atOnce(more, (i) => logOutUnderWrites(instances, all + i))));
  }
  await Promise.all(
    services.map(async (service) => {
      await service.kill();
      await service.start();
    }),
  );
  const others = await othersAt(first);
  for (const one of ended) expect(await usesOf(one, instances, others)).toEqual([]);
  const staff = await serviceToken(first);
  for (const { session, anonymous, customer } of ended) {
    await expectAnswer(first, makeById(staff, session), 204);
    for (const instance of instances) {
      await expectAnswer(instance, readMine(customer.access), 401);
      await expectAnswer(instance, readMine(anonymous.access), 401);
      await expectAnswer(instance, refreshAnonymous(anonymous.refresh), 401);
    }
  }
  const uses = ended.length * USES * instances.length * TIMES;
  const result = `0 of ${uses} uses accepted on ${instances.length} instances, through kill -9 of each`;
  figure({ id: 'R10', result });
}
