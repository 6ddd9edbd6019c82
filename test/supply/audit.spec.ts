import { describe, expect, it } from 'vitest';
import { auditReport } from '../../scripts/supply/audit.js';

const found = (name: string, severity: 'low' | 'moderate' | 'high' | 'critical') => ({
  [name]: { name, severity, via: [{ title: `A hole in ${name}`, url: `https://advisories.test/${name}` }] },
});

describe('The audit of dependencies', () => {
  it.each(['high', 'critical'] as const)('fails on a package with a %s vulnerability [P-73]', (severity) => {
    const report = auditReport({ vulnerabilities: found('rope', severity) });
    expect(report).toMatchObject({ answered: true, passes: false });
    expect(report.lines[0]).toBe(`${severity}: rope, A hole in rope https://advisories.test/rope`);
  });

  it('lists a moderate one, and passes', () => {
    const { lines, passes } = auditReport({
      vulnerabilities: { ...found('ladder', 'low'), ...found('rope', 'moderate') },
    });
    expect(passes).toBe(true);
    expect(lines).toEqual([
      'moderate: rope, A hole in rope https://advisories.test/rope',
      '2 vulnerable packages, 0 of them high or critical',
    ]);
  });

  it('names the package that brings in the vulnerable one', () => {
    const vulnerabilities = { knot: { name: 'knot', severity: 'high' as const, via: ['rope'] } };
    expect(auditReport({ vulnerabilities }).lines[0]).toBe('high: knot, by way of rope');
  });

  it('says so when the registry has no audit, and does not count as an audit', () => {
    expect(auditReport({ message: '405 Method Not Allowed' })).toEqual({
      answered: false,
      lines: ['Nothing was checked: the registry gave no audit (405 Method Not Allowed).'],
      passes: true,
    });
  });
});
