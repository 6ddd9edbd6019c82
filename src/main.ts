/** The Node version that npm scripts run on: the dependency `node` in package.json. */
const NEEDED = 24;

const given = process.versions.node;

// Checked before anything else is loaded, because an older Node would fail on a module that it does not have (F-41).
if (Number.parseInt(given, 10) < NEEDED) {
  process.stderr.write(
    `onesession needs Node ${NEEDED} or later, but this is Node ${given}: start it with \`npm start\`, which brings its own, or \`node_modules/.bin/node dist/main.js\`\n`,
  );
  process.exitCode = 2;
} else {
  await import('./service.js');
}
