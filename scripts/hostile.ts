import { runSuite } from './reliability/suite.ts';

/**
 * Attacks the service as a hostile client would. The full form asserts what docs/reliability.md promises; the short one
 * asserts statuses and sizes, and prints times.
 */
runSuite('hostile');
