import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { StormPlan, StormReport } from './protocol.ts';

const BODIES = 50;

async function storm({ url, path, tokens = [], ...plan }: StormPlan): Promise<StormReport> {
  const pool = new Pool(url, { connections: plan.connections, pipelining: 1 });
  const statuses: Record<number, number> = {};
  const failures: string[] = [];
  const latencies: number[] = [];
  const bodies: string[] = [];
  let retryAfter: number | undefined;

  const payload = plan.body === undefined ? {} : { body: plan.body };
  const method = plan.body === undefined ? 'GET' : 'POST';
  const json = { 'content-type': 'application/json' };
  const common = { ...(plan.body !== undefined && json), ...plan.headers };

  const one = async (turn: number): Promise<void> => {
    const token = tokens[turn % tokens.length];
    const headers = { ...common, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const sentAt = performance.now();
    try {
      const answer = await pool.request({ method, path, headers, ...payload });
      const { statusCode, headers: answered, body } = answer;
      const text = await body.text();
      latencies.push(performance.now() - sentAt);
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
      if (statusCode === 200 && bodies.length < BODIES) bodies.push(text);
      if (statusCode === 429) retryAfter = Number(answered['retry-after']);
    } catch (error) {
      failures.push(String(error));
    }
  };

  const began = performance.now();
  const underWay = new Set<Promise<void>>();
  for (let sent = 0; sent < plan.requests;) {
    const due = Math.min(plan.requests, ((performance.now() - began) * plan.perSecond) / 1000);
    while (sent < due && underWay.size < plan.connections) {
      const request = one(sent).finally(() => underWay.delete(request));
      underWay.add(request);
      sent++;
    }
    if (underWay.size < plan.connections) await sleep(1);
    else await Promise.race(underWay);
  }
  await Promise.all(underWay);
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  return {
    statuses,
    failures,
    seconds,
    latencies,
    bodies,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

// A process of its own, so that it shares no time with the test. It ends when the test does.
process.once('disconnect', () => process.exit());
process.once('message', (plan: StormPlan) => {
  void storm(plan).then((report) => process.send?.(report, () => process.disconnect()));
});
