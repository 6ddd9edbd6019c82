import { defineConfig } from 'vitest/config';

/** Pictures of the console and the storefront, for the documentation. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    name: 'pictures',
    include: ['test/browser/pictures/*.pictures.ts'],
    globalSetup: ['test/support/records/records-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
