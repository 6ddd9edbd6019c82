import { defineConfig } from 'vite';

// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2023', reportCompressedSize: false },
});
