import { registerHooks } from 'node:module';

/** Lets Node run the TypeScript of `test/support`, whose imports name `.js` as compilers want it. */
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!specifier.startsWith('.') || !specifier.endsWith('.js')) throw error;
      return next(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});
