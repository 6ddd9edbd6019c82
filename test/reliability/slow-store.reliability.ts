import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from './support/figure.js';
import { PATIENCE_MS, sized, STORE } from './support/form.js';
import type { Answer, Instance, Request } from './support/http-client.js';
import { longestDelay } from './support/metrics.js';
import { atOnce, tallyOf } from './support/parallel.js';
import { SlowStore } from './support/slow-store.js';
import { seconds } from './support/timed.js';
import { beginSession, beginWithCart, type Begun, expectAnswer, readMine, setMine } from './support/wire.js';

const LATENCY_MS = 2_000;
/** Requests that the service lets in at once, and those that come at once. */
const MOST = 100;
const BURST = 300;
const FLOW_MS = sized(6_000, 60_000);
const PER_SECOND = sized(100, 200);
const VISITORS_AT_ONCE = 25;
/** A store that is well again has answered as many in a row. */
const WELL = 20;
const WELL_WITHIN_MS = 60_000;

describe(`A store that takes ${LATENCY_MS} ms longer, on ${STORE}`, { timeout: PATIENCE_MS }, () => {
  let store: SlowStore;
  let shop: Instance;
  const visitors: Begun[] = [];

  beforeAll(async () => {
    store = await SlowStore.start({ MAX_REQUESTS_IN_FLIGHT: String(MOST) });
    await store.service.start();
    shop = store.service.instance;
    while (visitors.length < BURST) {
      visitors.push(...(await atOnce(VISITORS_AT_ONCE, () => beginWithCart(shop))));
    }
  });
  afterAll(() => store.dispose());

  const visitor = (i: number): Begun => visitors[i % visitors.length] as Begun;

  /** A write, a read and a new session by turns. */
  const request = (i: number): Request => {
    const { access } = visitor(i);
    return [setMine(access, 'seen', String(i)), readMine(access), beginSession()][i % 3] as Request;
  };

  /** At a rate that waits for no answer. @returns all answers, once the last of them is there */
  const flow = async (ms: number): Promise<readonly Answer[]> => {
    const sent: Promise<Answer>[] = [];
    const began = performance.now();
    while (performance.now() - began < ms) {
      const due = ((performance.now() - began) * PER_SECOND) / 1000;
      while (sent.length < due) sent.push(shop.send(request(sent.length)));
      await sleep(10);
    }
    return Promise.all(sent);
  };

  const withoutRetryAfter = (answers: readonly Answer[]): readonly Answer[] =>
    answers.filter(({ status, headers }) => status === 503 && !(Number(headers['retry-after']) > 0));

  /** @returns milliseconds until it answers as ever */
  const wellAgain = async (): Promise<number> => {
    const began = performance.now();
    for (let well = 0; well < WELL;) {
      expect(performance.now() - began).toBeLessThan(WELL_WITHIN_MS);
      const { status } = await shop.send(request(well));
      well = status < 300 ? well + 1 : 0;
    }
    return performance.now() - began;
  };

  it(`R22 ${STORE}: requests above ${MOST} are refused at once while it is slow, and all goes on as ever when it is well`, async () => {
    await store.slowDown(LATENCY_MS);
    await longestDelay(shop);
    const order: number[] = [];
    const burst = await atOnce(BURST, async (i) => {
      const answer = await shop.send(setMine(visitor(i).access, 'burst', 'yes'));
      order.push(answer.status);
      return answer;
    });
    expect(order.slice(0, BURST - MOST)).toEqual(Array.from({ length: BURST - MOST }, () => 503));
    expect(withoutRetryAfter(burst)).toEqual([]);

    const flowing = flow(FLOW_MS);
    const delays: number[] = [await longestDelay(shop)];
    for (let passed = 0; passed < FLOW_MS; passed += 1_000) {
      await sleep(1_000);
      await expectAnswer(shop, { method: 'GET', path: '/health/live' }, 200);
      delays.push(await longestDelay(shop));
    }
    const answers = await flowing;
    const { 503: refused = 0, ...good } = tallyOf(answers);
    expect(Object.keys(good)).toEqual(['200', '201']);
    expect(withoutRetryAfter(answers)).toEqual([]);

    await store.slowDown(0);
    const recovery = await wellAgain();
    const afterwards = await atOnce(MOST, (i) => shop.send(readMine(visitor(i).access)));
    expect(tallyOf(afterwards)).toEqual({ 200: MOST });
    const done = burst.flatMap(({ status }, i) => (status === 201 ? [visitor(i)] : []));
    expect(done).not.toEqual([]);
    for (const { access } of done) {
      const { body } = await expectAnswer(shop, readMine(access), 200);
      expect(body.context).toMatchObject({ burst: 'yes' });
    }
    const result =
      `of ${BURST} at once ${BURST - MOST} are refused before any other is answered; at ${PER_SECOND} a second for ` +
      `${seconds(FLOW_MS)} s, ${answers.length - refused} answered and ${refused} 503 with Retry-After, no others; the event ` +
      `loop at most ${Math.round(Math.max(...delays))} ms late, with 10 ms of its measurement; well again after ` +
      `${seconds(recovery)} s; 0 of ${done.length} acknowledged writes lost`;
    figure({ id: 'R22', result });
  });
});
