import { runSuite } from './reliability/suite.ts';

runSuite('reliability');
