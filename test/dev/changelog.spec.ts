import { describe, expect, it } from 'vitest';
import { nextVersion, NotReleasable, released } from '../../scripts/release/changelog.js';

const LOG = `# Changelog

## Unreleased

- New for all.

### Storage

- A backup,
  in two lines.

### Console

- A button.

### Storage

- A restore.

## 0.1.0 (2026-01-01)

- First.
`;

describe('A release', () => {
  it('puts what is unreleased under its version, each area once', () => {
    expect(released(LOG, '0.2.0', '2026-11-28')).toBe(`# Changelog

## Unreleased

## 0.2.0 (2026-11-28)

- New for all.

### Storage

- A backup,
  in two lines.
- A restore.

### Console

- A button.

## 0.1.0 (2026-01-01)

- First.
`);
  });

  it('needs something that is unreleased, and a version that is not there yet', () => {
    const done = released(LOG, '0.2.0', '2026-11-28');
    expect(() => released(done, '0.3.0', '2026-11-29')).toThrow(NotReleasable);
    expect(() => released(LOG, '0.1.0', '2026-11-28')).toThrow('already has 0.1.0');
    expect(() => released('# Changelog\n', '0.2.0', '2026-11-28')).toThrow('no heading');
  });

  it('raises one part of the version and clears those behind it', () => {
    expect(nextVersion('1.2.3', 'major')).toBe('2.0.0');
    expect(nextVersion('1.2.3', 'minor')).toBe('1.3.0');
    expect(nextVersion('1.2.3', 'patch')).toBe('1.2.4');
    expect(() => nextVersion('1.2.3-beta', 'patch')).toThrow(NotReleasable);
    expect(() => nextVersion('1.2', 'patch')).toThrow(NotReleasable);
  });
});
