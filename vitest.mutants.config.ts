import { statSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Most mutants die at the first test that knows the rule, so what costs least comes first. */
class CheapestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = ({ moduleId }: TestSpecification) =>
      statSync(moduleId).size + (moduleId.endsWith('e2e-spec.ts') ? 1_000_000 : 0);
    return files.toSorted((a, b) => cost(a) - cost(b));
  }
}

/** For Stryker, on the embedded store; `npm run test:mutants` says which tests. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    include: JSON.parse(process.env.MUTANTS_TESTS ?? '[]'),
    env: { TEST_DRIVER: 'embedded' },
    globalSetup: ['test/support/records/records-setup.ts'],
    setupFiles: ['test/mutants/cheap-secrets.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { sequencer: CheapestFirst },
  },
});
