import { defineConfig } from 'vitest/config';

/** What `npm run test:contributing` runs: the change that CONTRIBUTING.md tells, made in a copy of this checkout. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    include: ['test/contributing/*.contributing.ts'],
    bail: 1,
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
