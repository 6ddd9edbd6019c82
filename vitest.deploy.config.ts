import { defineConfig } from 'vitest/config';

/** What `npm run deploy:check` runs. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    globalSetup: ['test/support/records/records-setup.ts'],
    include: ['test/deploy/*.deploy.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
