import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  /** A package of this repository. */
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const { workspaces, allowScripts } = read('package.json');
const packages = [
  read('package.json'),
  ...workspaces.map((folder: string) => read(`${folder}/package.json`)),
];
const OWN: ReadonlySet<string> = new Set(['', ...workspaces]);
const all = Object.entries<Locked>(read('package-lock.json').packages);
const isOwn = ([path, { link, resolved }]: [string, Locked]) =>
  OWN.has(path) || (link === true && OWN.has(resolved ?? ''));
const locked = all.filter((one) => !isOwn(one));
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('The dependencies', () => {
  it('are named by an exact version, and locked by a hash, without the host of a registry [P-73]', () => {
    const wanted = packages.flatMap(({ dependencies, devDependencies }) =>
      Object.values<string>({ ...dependencies, ...devDependencies }),
    );
    expect(wanted.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('of packages that are installed apart are locked in the same way [P-73]', () => {
    for (const folder of ['docs-site', 'examples/bruno', 'test/clients']) {
      const { devDependencies = {}, dependencies = {} } = read(`${folder}/package.json`);
      const wanted = Object.values<string>({ ...dependencies, ...devDependencies });
      expect(wanted.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
      const found = Object.entries<Locked>(read(`${folder}/package-lock.json`).packages).slice(1);
      expect(found.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
      expect(found.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    }
  });

  it('run a script at install only where package.json has decided on it [P-73]', () => {
    const withScript = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path));
    expect(withScript.length).toBeGreaterThan(0);
    expect(withScript.filter((name) => !Object.hasOwn(allowScripts, name))).toEqual([]);
  });
});
