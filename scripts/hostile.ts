import { runSuite } from './reliability/suite.ts';

/**
 * Does to the service what somebody with bad intentions does. The full form asserts what docs/reliability.md promises;
 * the short one asserts statuses and sizes, and prints the times.
 */
runSuite('hostile');
