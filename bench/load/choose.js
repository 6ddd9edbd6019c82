import { autocannon } from './autocannon.js';
import { wrk } from './wrk.js';

/** @param {string | undefined} name by default the first that is there @throws Error when there is none */
export async function chooseGenerator(name) {
  for (const [title, generator] of Object.entries({ wrk, autocannon })) {
    const version = name === undefined || name === title ? await generator.version() : undefined;
    if (version !== undefined) return { ...generator, title: `${title} ${version}` };
  }
  throw new Error(`--generator: there is no ${name}`);
}
