const UNRELEASED = '## Unreleased';

/** A change log that can't be released as it is. */
export class NotReleasable extends Error {}

/** Heading, or empty text for entries above the first heading, and the entries below it. */
type Area = readonly [heading: string, entries: string];

/**
 * Puts what is unreleased under a version, by area: entries below the same `### heading` become one list, and those
 * without a heading come first.
 * @throws NotReleasable
 */
export function released(changelog: string, version: string, date: string): string {
  const start = changelog.indexOf(`${UNRELEASED}\n`);
  if (start < 0) throw new NotReleasable(`CHANGELOG.md has no heading "${UNRELEASED}"`);
  if (changelog.includes(`\n## ${version} `)) throw new NotReleasable(`CHANGELOG.md already has ${version}`);
  const body = start + UNRELEASED.length + 1;
  const next = changelog.indexOf('\n## ', body);
  const end = next < 0 ? changelog.length : next + 1;
  const areas = areasOf(changelog.slice(body, end));
  if (areas.length === 0) throw new NotReleasable('CHANGELOG.md lists nothing that is unreleased');
  const lists = areas.map(([heading, entries]) =>
    heading === '' ? entries : `### ${heading}\n\n${entries}`,
  );
  const section = `## ${version} (${date})\n\n${lists.join('\n\n')}\n`;
  const rest = changelog.slice(end);
  return `${changelog.slice(0, body)}\n${section}${rest === '' ? '' : `\n${rest}`}`;
}

function areasOf(text: string): readonly Area[] {
  const areas = new Map<string, string[]>();
  for (const part of `\n${text}`.split(/\n(?=### )/)) {
    const [, heading = '', entries = ''] = /^(?:### (.*)\n)?([^]*)$/.exec(part) ?? [];
    if (entries.trim() !== '') areas.set(heading, [...(areas.get(heading) ?? []), entries.trim()]);
  }
  return [...areas].map(([heading, entries]) => [heading, entries.join('\n')]);
}

export type Step = 'major' | 'minor' | 'patch';

/** @throws NotReleasable */
export function nextVersion(version: string, step: Step): string {
  const [major, minor, patch] = version.split('.').map(Number);
  if (
    major === undefined ||
    minor === undefined ||
    patch === undefined ||
    !Number.isInteger(major + minor + patch)
  ) {
    throw new NotReleasable(`${version} is not a version such as 1.2.3`);
  }
  if (step === 'major') return `${major + 1}.0.0`;
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
