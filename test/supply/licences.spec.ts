import { describe, expect, it } from 'vitest';
import { type Component, EXCEPTIONS, licenceReport } from '../../scripts/supply/licences.js';

const licensed = (name: string, id: string): Component => ({
  name,
  version: '1.0.0',
  licenses: [{ license: { id } }],
});
const fits = (expression: string, allowed: readonly string[]) => allowed.includes(expression);

/** So that a report's problems are about the package that a test is about. */
const excused = Object.entries(EXCEPTIONS).map(([name, { licence }]) =>
  licence === 'none' ? { name, version: '1.0.0' } : licensed(name, licence),
);
const problemsOf = (...components: Component[]) => licenceReport([...excused, ...components], fits).problems;

describe('The licences of dependencies', () => {
  it('are permissive ones, or a problem [P-73]', () => {
    expect(problemsOf(licensed('rope', 'MIT'))).toEqual([]);
    expect(problemsOf(licensed('rope', 'GPL-3.0-only'))).toEqual([
      'rope@1.0.0 (GPL-3.0-only): not on the list of permissive licences in scripts/supply/licences.ts',
    ]);
  });

  it('are a problem when there are none', () => {
    expect(problemsOf({ name: 'rope', group: '@knots', version: '1.0.0' })).toEqual([
      expect.stringMatching(/^@knots\/rope@1\.0\.0 \(none\): /),
    ]);
  });

  it('must all be permissive when a package states several', () => {
    const both = {
      name: 'rope',
      version: '1.0.0',
      licenses: [{ expression: 'MIT' }, { expression: 'AGPL-3.0' }],
    };
    expect(problemsOf(both)).toHaveLength(1);
  });

  it('are looked at in packages inside packages too', () => {
    expect(
      problemsOf({ ...licensed('rope', 'MIT'), components: [licensed('knot', 'GPL-2.0-only')] }),
    ).toHaveLength(1);
  });

  it('are printed with the reason when a package is accepted by name', () => {
    expect(licenceReport(excused, fits).exceptions).toContain(
      `caniuse-lite@1.0.0 (CC-BY-4.0): ${EXCEPTIONS['caniuse-lite']?.reason}`,
    );
  });

  it('share one exception among the builds of a package for several machines', () => {
    expect(problemsOf(licensed('lightningcss-linux-x64-gnu', 'MPL-2.0'))).toEqual([]);
  });

  it('are a problem again when an accepted package changes its licence', () => {
    expect(problemsOf(licensed('caniuse-lite', 'GPL-3.0-only'))).toHaveLength(1);
  });

  it('have no exception that nobody needs', () => {
    expect(licenceReport(excused.slice(1), fits).problems).toEqual([
      `${excused[0]?.name}: no package needs this exception any more; remove it`,
    ]);
  });
});
