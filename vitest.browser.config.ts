import { defineConfig } from 'vitest/config';

/** The built service, and a page in a real browser. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/*.browser.ts'],
    globalSetup: ['test/support/records/records-setup.ts', 'test/support/mongo/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
