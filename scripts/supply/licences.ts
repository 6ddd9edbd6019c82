/** The parts of a CycloneDX document that describe a component's licence. */
export interface Component {
  readonly name: string;
  readonly group?: string;
  readonly version?: string;
  readonly licenses?: readonly {
    readonly expression?: string;
    readonly license?: { readonly id?: string; readonly name?: string };
  }[];
  readonly components?: readonly Component[];
}

/** SPDX ids. Each allows use, change and sale without requiring that our own code be published. */
export const PERMISSIVE: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
];

/** Packages with another licence, or with none that a program can read, and why they may be used all the same. */
export const EXCEPTIONS: Readonly<Record<string, { readonly licence: string; readonly reason: string }>> = {
  'axe-core': {
    licence: 'MPL-2.0',
    reason: 'the browser tests run it, unchanged, to check the console; it is not shipped',
  },
  'caniuse-lite': {
    licence: 'CC-BY-4.0',
    reason: 'a table of browser versions that Stryker reads during development; it is not shipped',
  },
  lightningcss: {
    licence: 'MPL-2.0',
    reason: 'Vite loads it, unchanged, during development; it is not shipped',
  },
  'spdx-exceptions': {
    licence: 'CC-BY-3.0',
    reason: 'a list of names that the SBOM generator reads during development; it is not shipped',
  },
  'spdx-ranges': {
    licence: '(MIT AND CC-BY-3.0)',
    reason: 'MIT code and a list of names, read by scripts/licences.ts only; it is not shipped',
  },
};

export interface LicenceReport {
  readonly checked: number;
  /** One line for each package that is used by an exception. */
  readonly exceptions: readonly string[];
  /** One line for each package that may not be used, and for each exception that no package needs. */
  readonly problems: readonly string[];
}

/** @param fits tells whether a list of licences satisfies an SPDX expression */
export function licenceReport(
  components: readonly Component[],
  fits: (expression: string, allowed: readonly string[]) => boolean,
): LicenceReport {
  const all = withNested(components);
  const others = all.filter((one) => !isPermissive(licencesOf(one), fits));
  const excused = others.filter((one) => EXCEPTIONS[familyOf(one)]?.licence === shown(one));
  const used = new Set(excused.map(familyOf));
  return {
    checked: all.length,
    exceptions: excused.map((one) => `${described(one)}: ${EXCEPTIONS[familyOf(one)]?.reason}`),
    problems: [
      ...others
        .filter((one) => !excused.includes(one))
        .map(
          (one) => `${described(one)}: not on the list of permissive licences in scripts/supply/licences.ts`,
        ),
      ...Object.keys(EXCEPTIONS)
        .filter((name) => !used.has(name))
        .map((name) => `${name}: no package needs this exception any more; remove it`),
    ],
  };
}

const withNested = (components: readonly Component[]): Component[] =>
  components.flatMap((one) => [one, ...withNested(one.components ?? [])]);

const licencesOf = ({ licenses = [] }: Component): string[] =>
  licenses.map(({ expression, license }) => expression ?? license?.id ?? license?.name ?? 'unknown');

function isPermissive(
  licences: readonly string[],
  fits: (expression: string, allowed: readonly string[]) => boolean,
): boolean {
  return licences.length > 0 && licences.every((one) => fits(one, PERMISSIVE));
}

const nameOf = ({ group, name }: Component): string => (group === undefined ? name : `${group}/${name}`);

/** Builds of one package for several machines share its licence and its exception. */
const familyOf = (one: Component): string =>
  nameOf(one).replace(/-(?:android|darwin|freebsd|linux|win32)-.*$/, '');

const shown = (one: Component): string => licencesOf(one).join(' AND ') || 'none';

const described = (one: Component): string => `${nameOf(one)}@${one.version} (${shown(one)})`;
