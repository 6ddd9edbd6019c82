import { OPERATIONS } from '../operations/names.js';

/** Figures of one run side by side: what each costs, and what part of a bare server's requests it answers. */
export function rowsOf({ results, contenders }) {
  const bare = results.find(({ operation }) => operation === 'hello');
  return Object.keys(OPERATIONS).flatMap((operation) =>
    contenders.flatMap(({ id, title }) => {
      const found = results.find((one) => one.operation === operation && one.contender === id);
      if (!found) return [];
      return [
        {
          ...found,
          title,
          ofBare: found.perSecond / bare.perSecond,
          timesBareCpu: found.cpuMicros / bare.cpuMicros,
        },
      ];
    }),
  );
}

export const bareOf = ({ results }) => results.find(({ operation }) => operation === 'hello');
