/** Code that is mutated together, and the tests that should kill the mutants. */
export interface Part {
  /** What the paths of its files begin with. */
  readonly name: string;
  /** Globs. A leading `!` excludes. */
  readonly mutate: readonly string[];
  /** Globs. A test that is not listed may kill more, so the score is at worst too low. */
  readonly tests: readonly string[];
}

/** Wiring and types, in which nothing is decided. */
const WIRING = ['!src/**/*.spec.ts', '!src/**/*.module.ts', '!src/**/*.types.ts', '!src/**/index.ts'];

const stories = (...names: string[]): string[] => names.map((name) => `test/stories/*/${name}.e2e-spec.ts`);

/** Tells whether the test starts the service. */
export const isStory = (file: string): boolean => file.endsWith('.e2e-spec.ts');

/** Smallest first. The stories of a part are those about it, because each of them starts the service. */
export const PARTS: readonly Part[] = [
  {
    name: 'src/vtex/transforms',
    mutate: ['src/vtex/transforms/engine.rules.ts', 'src/vtex/transforms/*runner*.ts', ...WIRING],
    tests: [
      'src/vtex/transforms/*.spec.ts',
      ...stories('transform-cycle', 'session-apps', 'vtex-session', 'vtex-apps'),
    ],
  },
  {
    name: 'src/cart/access',
    mutate: ['src/cart/access/cart-access*.ts', ...WIRING],
    tests: [
      'src/cart/access/cart-access*.spec.ts',
      ...stories('cart-strangers', 'cart-shopper', 'cart-backend', 'cart-search', 'cart-changes'),
    ],
  },
  {
    name: 'src/oauth',
    mutate: ['src/oauth/**/*.ts', ...WIRING],
    tests: ['src/oauth/**/*.spec.ts', ...stories('clients', 'service-token')],
  },
  {
    name: 'src/session',
    mutate: ['src/session/**/*.ts', ...WIRING],
    tests: [
      'src/session/**/*.spec.ts',
      ...stories(
        'anonymous-shopper',
        'attributes',
        'customer-session',
        'employee',
        'session-fixation',
        'session-lifetime',
      ),
    ],
  },
  {
    name: 'src/auth',
    mutate: ['src/auth/**/*.ts', ...WIRING],
    tests: [
      'src/auth/**/*.spec.ts',
      ...stories(
        'foreign-credentials',
        'service-token',
        'session-fixation',
        'stored-secrets',
        'token-refusals',
      ),
    ],
  },
  {
    name: 'src/customer-login',
    mutate: ['src/customer-login/**/*.ts', ...WIRING],
    tests: [
      'src/customer-login/**/*.spec.ts',
      ...stories(
        'anonymous-shopper',
        'cart-login',
        'customer-session',
        'double-opt-in',
        'foreign-credentials',
        'own-sessions',
        'session-lifetime',
        'token-exchange',
        'two-dialects',
      ),
    ],
  },
  {
    name: 'src/customer',
    mutate: [
      'src/customer/{credentials,emails,passwords}/**/*.ts',
      'src/customer/accounts/signup*.ts',
      ...WIRING,
    ],
    tests: [
      'src/customer/**/*.spec.ts',
      ...stories('customer-email', 'customer-password', 'customer-signs-up', 'double-opt-in'),
    ],
  },
];

/** What one run mutates. */
export interface Scope {
  readonly part: Part;
  /** The name of the part, or a path inside it. */
  readonly path: string;
  readonly mutate: readonly string[];
}

/**
 * Tells whether a path belongs to a part: `src/customer-login` does not belong to `src/customer`, but each file in
 * `src/cart/access` belongs to it.
 */
export const isIn = (part: string, path: string): boolean =>
  path.startsWith(part) && !/^[\w-]/.test(path.slice(part.length));

/** @throws Error that names the existing parts */
export const scopesOf = (args: readonly string[]): readonly Scope[] =>
  args.length === 0 ? PARTS.map(whole) : args.map(scopeOf);

export const whole = (part: Part): Scope => ({ part, path: part.name, mutate: part.mutate });

function scopeOf(arg: string): Scope {
  const path = arg.replace(/^\.\//, '').replace(/\/$/, '');
  const part = PARTS.find((one) => isIn(one.name, path));
  if (!part)
    throw new Error(`"${arg}" is in no part; the parts are ${PARTS.map(({ name }) => name).join(', ')}`);
  if (path === part.name) return whole(part);
  const files = path.endsWith('.ts') ? path : `${path}/**/*.ts`;
  return { part, path, mutate: [files, ...part.mutate.filter((glob) => glob.startsWith('!'))] };
}
