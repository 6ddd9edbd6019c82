import { buildsService, reporting, testsPass } from './run/steps.ts';

/**
 * Builds the service and lets schemathesis send it requests that `openapi/openapi.json` allows, and requests that it
 * does not, on both stores. `--short` is the form for CI. Findings go to `reports/fuzz/`, test results to
 * `reports/fuzz-tests.json`.
 */
const short = process.argv.includes('--short');
const env = { ...process.env, FUZZ: short ? 'short' : 'full' };
const passed = buildsService() && testsPass('fuzz', reporting('fuzz'), env);
process.exitCode = passed ? 0 : 1;
