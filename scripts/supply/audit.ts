type Severity = 'info' | 'low' | 'moderate' | 'high' | 'critical';

/** The parts of `npm audit --json` that are read here. */
export interface AuditAnswer {
  readonly vulnerabilities?: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly severity: Severity;
        readonly via: readonly (string | { readonly title: string; readonly url: string })[];
      }
    >
  >;
  /** Present instead of `vulnerabilities` if there was no audit. */
  readonly message?: string;
}

export interface AuditReport {
  /** If false, nothing was checked, because the registry has no audit endpoint or could not be reached. */
  readonly answered: boolean;
  readonly lines: readonly string[];
  readonly passes: boolean;
}

const LISTED: readonly Severity[] = ['critical', 'high', 'moderate'];
const FAILING: ReadonlySet<Severity> = new Set(['critical', 'high']);

/**
 * High and critical vulnerabilities fail. Moderate ones are only listed: they are examined, but must not delay the
 * release of a fix.
 */
export function auditReport({ vulnerabilities, message }: AuditAnswer): AuditReport {
  if (vulnerabilities === undefined) {
    const why = message ?? 'its answer was not understood';
    return {
      answered: false,
      lines: [`Nothing was checked: the registry gave no audit (${why}).`],
      passes: true,
    };
  }

  const found = Object.values(vulnerabilities);
  const listed = LISTED.flatMap((severity) => found.filter((one) => one.severity === severity));
  const failing = found.filter(({ severity }) => FAILING.has(severity));
  return {
    answered: true,
    lines: [
      ...listed.map(({ name, severity, via }) => `${severity}: ${name}, ${via.map(shown).join('; ')}`),
      `${found.length} vulnerable packages, ${failing.length} of them high or critical`,
    ],
    passes: failing.length === 0,
  };
}

const shown = (via: string | { readonly title: string; readonly url: string }): string =>
  typeof via === 'string' ? `by way of ${via}` : `${via.title} ${via.url}`;
