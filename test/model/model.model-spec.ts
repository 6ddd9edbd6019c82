import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Model } from './model.js';
import { calls, steps } from './steps.js';
import { Service, World } from './world.js';

const STORE = process.env.TEST_DRIVER;
const SEQUENCES = Number(process.env.MODEL_SEQUENCES);
const LONGEST = 40;
/** To see one again: the seed and the path that a failure prints. */
const SEED = Number(process.env.MODEL_SEED ?? Date.now() % 2 ** 31);
const PATH = process.env.MODEL_PATH ?? '';

describe(`The service on ${STORE}`, { timeout: 0 }, () => {
  let service: Service;

  beforeAll(async () => void (service = await Service.open()));
  afterAll(() => service.close());

  it(`answers as the model of sessions, contexts and carts does, in ${SEQUENCES} sequences`, async () => {
    const sequence = fc.asyncProperty(
      fc.commands([...steps], { maxCommands: LONGEST, size: 'max' }),
      async (commands) => {
        const model = new Model();
        const real = new World(service);
        model.begin();
        await real.begin();
        await fc.asyncModelRun(() => ({ model, real }), commands);
      },
    );
    await fc.assert(sequence, { numRuns: SEQUENCES, seed: SEED, path: PATH });
    const answers = Object.entries(calls).filter(([status]) => status !== '0');
    const counted = answers.map(([status, count]) => `${count} x ${status}`).join(', ');
    process.stdout.write(`model: ${SEQUENCES} sequences agree with ${STORE}, seed ${SEED}: ${counted}\n`);
  });
});
