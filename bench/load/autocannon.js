import { readFileSync } from 'node:fs';

/** Used where there is no wrk. It comes with the benchmark, and takes more of the machine than a fast server does. */
export const autocannon = {
  async version() {
    const file = new URL('../node_modules/autocannon/package.json', import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')).version;
  },

  async send(url, { requests, once, answer, seconds, connections }) {
    const { default: start } = await import('autocannon');
    const times = [];
    let wrong = 0;
    let next = 0;
    const shareOf = () => {
      const first = next++;
      return requests.filter((_, i) => i % connections === first);
    };
    const running = start({
      url,
      connections: Math.min(connections, requests.length),
      ...(once ? { amount: requests.length } : { duration: seconds }),
      verifyBody: (body) => String(body).includes(answer.text),
      setupClient: (client) => client.setRequests(requests.length < connections ? requests : shareOf()),
    });
    running.on('response', (_client, code, _bytes, ms) => {
      if (code !== answer.status) wrong += 1;
      times.push(ms);
    });
    const { errors, timeouts, mismatches, duration } = await running;
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.floor((times.length - 1) * share)];
    return {
      requests: times.length,
      seconds: duration,
      p50: at(0.5),
      p99: at(0.99),
      wrong: wrong + mismatches,
      lost: errors + timeouts,
    };
  },
};
