#!/usr/bin/env node
/** The Node version that npm scripts and `npx onesession` run on: the dependency `node` in package.json. */
const NEEDED = 24;

const given = process.versions.node;

// Checked before anything else is loaded, because an older Node would fail on a module that it does not have.
if (Number.parseInt(given, 10) < NEEDED) {
  process.stderr.write(
    `onesession needs Node ${NEEDED} or later, but this is Node ${given}: use \`npx onesession\`, which brings its own\n`,
  );
  process.exitCode = 2;
} else {
  const { run } = await import('./run.js');
  await run(process.argv);
}
