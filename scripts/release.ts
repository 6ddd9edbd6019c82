import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { nextVersion, NotReleasable, released, type Step } from './release/changelog.ts';

const USAGE = `npm run release -- [major|minor|patch] [--dry-run]

Raises the version (by a minor one, unless another is named), puts what CHANGELOG.md lists as unreleased under it, checks
everything, commits, and sets the tag v<version>. It pushes nothing.

  --dry-run  check, and show what would change
  --help     this page
`;

const CHANGELOG = 'CHANGELOG.md';
const STEPS: readonly string[] = ['major', 'minor', 'patch'] satisfies Step[];
const isStep = (word: string): word is Step => STEPS.includes(word);

const CHECKS = [['lint'], ['types'], ['docs']] as const;

const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();

const npm = (...words: string[]): void =>
  void execFileSync('npm', words, { stdio: ['ignore', 'ignore', 'inherit'] });

function expectCleanTree(): void {
  const changed = git('status', '--porcelain');
  if (changed !== '') throw new NotReleasable(`Commit or remove these first:\n${changed}`);
}

function check(): void {
  for (const [script] of CHECKS) {
    process.stdout.write(`npm run ${script}\n`);
    npm('run', '--silent', script);
  }
  const stale = git('status', '--porcelain');
  if (stale !== '') throw new NotReleasable(`Generated pages were stale; commit them first:\n${stale}`);
}

function release(step: Step, dryRun: boolean): void {
  expectCleanTree();
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const next = nextVersion(version, step);
  const tag = `v${next}`;
  if (git('tag', '--list', tag) !== '') throw new NotReleasable(`There is a tag ${tag} already`);
  const changelog = released(readFileSync(CHANGELOG, 'utf8'), next, new Date().toISOString().slice(0, 10));
  check();
  if (dryRun) {
    process.stdout.write(
      `${version} -> ${next}, tag ${tag}. Nothing was changed. ${CHANGELOG} would begin:\n\n`,
    );
    process.stdout.write(`${changelog.split('\n').slice(0, 12).join('\n')}\n`);
    return;
  }
  npm('version', next, '--no-git-tag-version');
  writeFileSync(CHANGELOG, changelog);
  // The description of the API names the version.
  npm('run', '--silent', 'docs:openapi');
  git('commit', '--all', '--message', `chore(release): ${tag}`);
  git('tag', '--annotate', tag, '--message', tag);
  process.stdout.write(`${tag} is committed and tagged. To publish it: git push --follow-tags\n`);
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  const [step = 'minor', ...others] = positionals;
  if (values.help) return void process.stdout.write(USAGE);
  if (!isStep(step) || others.length > 0) throw new NotReleasable(USAGE);
  release(step, values['dry-run']);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof NotReleasable ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
