import { ask } from './lib/ask.js';
import { cpuSecondsOf } from './lib/program.js';
import { median } from './median.js';

/**
 * Requests that are good for one answer only must be prepared: this many while it is not known yet how fast they go.
 */
const FIRST_PER_SECOND = 1000;

/**
 * Measures every operation of every contender, round by round. The contenders take turns, so that other work of the
 * machine affects all of them alike.
 * @param contenders started: `{ id, url, program, pid, operations }`
 * @param tell called with each thing that is begun
 * @returns by contender and operation, the medians of all rounds
 */
export async function measure(contenders, { generator, quick, rounds, seconds, connections, folder, tell }) {
  const runs = contenders.flatMap((contender) =>
    contender.operations.map((operation) => ({ contender, operation, samples: [] })),
  );
  // By operation first, so that runs that follow each other do the same thing on different servers.
  const order = runs.toSorted((a, b) => rankOf(a.operation) - rankOf(b.operation));
  for (let round = quick ? 1 : 0; round <= rounds; round += 1) {
    for (const run of order) {
      const warmUp = round === 0;
      tell(`${warmUp ? 'warm-up' : `round ${round} of ${rounds}`}: ${run.contender.id}, ${run.operation.id}`);
      const sample = await once(run, { generator, seconds: warmUp ? 1 : seconds, connections, folder });
      if (!warmUp) run.samples.push(sample);
    }
  }
  return runs.map(({ contender, operation, samples }) => ({
    contender: contender.id,
    operation: operation.id,
    ...mediansOf(samples),
  }));
}

const ranks = [];
function rankOf({ id }) {
  if (!ranks.includes(id)) ranks.push(id);
  return ranks.indexOf(id);
}

async function once(run, { generator, seconds, connections, folder }) {
  const { contender, operation } = run;
  const { url, program, pid = program.pid } = contender;
  const requests = await requestsOf(run, seconds);
  await expectRight(url, operation, requests.at(-1));
  const before = cpuSecondsOf(pid);
  const sent = await generator.send(url, {
    requests: operation.once ? requests.slice(0, -1) : requests,
    once: operation.once === true,
    answer: operation.answer,
    seconds,
    connections,
    folder,
  });
  const cpuSeconds = cpuSecondsOf(pid) - before;
  run.rate = sent.requests / sent.seconds;
  return {
    perSecond: run.rate,
    cpuMicros: (cpuSeconds * 1e6) / sent.requests,
    p50: sent.p50,
    p99: sent.p99,
    wrong: sent.wrong + sent.lost,
  };
}

/** Made for each round if they are good for one answer only; otherwise once. */
async function requestsOf(run, seconds) {
  const { contender, operation } = run;
  if (!operation.once) {
    run.requests ??= await operation.requests(contender.url);
    return run.requests;
  }
  const perSecond = run.rate === undefined ? (operation.mostPerSecond ?? FIRST_PER_SECOND) : run.rate * 1.3;
  return operation.requests(contender.url, Math.ceil(perSecond * seconds) + 1);
}

/** @throws Error - what would be measured is not what is meant */
async function expectRight(url, { id, answer }, request) {
  const { status, text } = await ask(url, request);
  if (status !== answer.status || !text.includes(answer.text)) throw new Error(`${id}: ${status} ${text}`);
}

const mediansOf = (samples) =>
  Object.fromEntries(
    ['perSecond', 'cpuMicros', 'p50', 'p99']
      .map((figure) => [figure, median(samples.map((s) => s[figure]))])
      .concat([['wrong', samples.reduce((sum, { wrong }) => sum + wrong, 0)]]),
  );
