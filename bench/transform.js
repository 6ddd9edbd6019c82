import { median } from './median.js';
import { sixApps } from './six-apps.js';

/** `npm run bench:transform`: the CPU that a transform of the six built-in apps takes. docs/performance.md has it. */
const BATCHES = 11;
const IN_A_BATCH = 1000;
const WARM_UP = 2000;

const { session, transform, close } = await sixApps();
const { cycle, next } = await transform();
const calls = cycle.rounds.flatMap((round) => round.calls.map(({ app }) => app.name));
const profile = next.vtex.computed.get('profile.email')?.value;
if (new Set(calls).size !== 6 || profile !== 'anna@acme.test') {
  throw new Error(`not what is to be measured: ${calls} were called, for ${profile}`);
}

/** CPU milliseconds of one, in user and system time of the whole process. */
async function cpuOf(work, times) {
  const begun = process.cpuUsage();
  for (let i = 0; i < times; i += 1) await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000 / times;
}

/** What the machine of this run can do. */
const clone = () => JSON.parse(JSON.stringify(session));

await cpuOf(transform, WARM_UP);
await cpuOf(clone, WARM_UP);
const [cycles, clones] = [[], []];
for (let i = 0; i < BATCHES; i += 1) {
  cycles.push(await cpuOf(transform, IN_A_BATCH));
  clones.push(await cpuOf(clone, IN_A_BATCH));
}

const transforms = cycle.rounds.length;
const [ofCycle, ofClone] = [median(cycles), median(clones)];
const ofTransform = ofCycle / transforms;
const ms = (value) => `${value.toFixed(4)} ms of CPU`;
console.log(
  `${BATCHES * IN_A_BATCH} cycles of ${transforms} transforms with ${calls.length} calls of six apps`,
);
console.log(`a transform: ${ms(ofTransform)}`);
console.log(
  `a whole cycle: ${ms(ofCycle)} (batches: ${ms(Math.min(...cycles))} to ${ms(Math.max(...cycles))})`,
);
console.log(
  `a JSON clone of the session: ${ms(ofClone)}; a transform is ${(ofTransform / ofClone).toFixed(0)} of them`,
);
await close();
