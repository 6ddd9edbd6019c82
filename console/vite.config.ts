import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** What a browser downloads before it can show anything. More would be felt on a slow line. */
const MOST_GZIPPED_BYTES = 150 * 1024;

/** Fails the build when all JavaScript together is too much. */
const limitSize: Plugin = {
  name: 'limit-size',
  generateBundle(_options, bundle) {
    const bytes = Object.values(bundle)
      .filter((file) => file.type === 'chunk')
      .reduce((sum, { code }) => sum + gzipSync(code).length, 0);
    if (bytes > MOST_GZIPPED_BYTES)
      this.error(`The console has ${bytes} bytes of gzipped JavaScript; ${MOST_GZIPPED_BYTES} are allowed`);
  },
};

/** Relative addresses, so that the console works below any prefix that a proxy adds. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  base: './',
  plugins: [limitSize],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    // The page's policy allows files only, nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
