/** Lowest first. A feature may use what stands before it, through that feature's index.ts. */
const ORDER =
  'rate-limit tenant events audit idempotency oauth mail site-settings customer session session-context client-management price discount cart customer-login vtex-settings vtex session-handover ucp webhook session-admin customer-admin managed-customers live bootstrap tenant-admin key-admin console mcp'.split(
    ' ',
  );

/** The rooms of a feature, lowest first. A room may use what its folder holds directly and the rooms before it. */
const ROOMS = {
  'src/http': 'errors body input query upstream edge',
  'src/session': 'history events tokens context lifecycle',
  'src/customer': 'events dto credentials passwords emails mails profile accounts managing',
  'src/price': 'dto models lists matching catalog search',
  'src/cart': 'caller totals events lines pricing handover access dto carts items discounts repricing search',
  'src/vtex-settings': 'settings admin',
  'src/vtex': 'values caller impersonation cookies transforms cycle sessions segments identity admin',
  'src/session-admin': 'listing history changing jobs',
  'src/storage/embedded': 'store backup events sessions customers prices',
  'src/storage/mongo': 'link rows events sessions customers prices',
  'src/auth': 'keys tokens',
  'src/ctl': 'io api frame checks commands',
  'src/mcp': 'tools serving',
};

const anyOf = (folders) => `^src/(${folders.join('|')})/`;

const forbid = (name, from, to, comment = '') => ({
  name,
  comment,
  severity: 'error',
  from: typeof from === 'string' ? { path: from } : from,
  to: typeof to === 'string' ? { path: to } : to,
});

const roomRules = Object.entries(ROOMS).flatMap(([folder, names]) => {
  const rooms = names.split(' ');
  return [
    ...rooms
      .slice(0, -1)
      .map((room, i) =>
        forbid(
          `${folder.slice(4)}/${room}-looks-down`,
          `^${folder}/${room}/`,
          `^${folder}/(${rooms.slice(i + 1).join('|')})/`,
          'A room uses the rooms before it in ROOMS, never those behind it.',
        ),
      ),
    forbid(
      `${folder.slice(4)}-shares-with-its-rooms`,
      // Adapters, the door of auth and the program of the command line are above their rooms; everywhere else a folder
      // holds directly what its rooms share.
      { path: `^${folder}/[^/]+$`, pathNot: '/index\\.ts$|\\.module\\.ts$|^src/(storage/\\w+|auth|ctl)/' },
      `^${folder}/(${rooms.join('|')})/`,
      'What a folder holds directly is shared by its rooms, so it uses none of them.',
    ),
    forbid(
      `${folder.slice(4)}-has-no-other-rooms`,
      `^${folder}/(?!(${rooms.join('|')})/)[^/]+/`,
      '.',
      'Name a new room in ROOMS, where its place in the order is seen.',
    ),
  ];
});

/** What looks at the declarations of all features, and that no feature looks at. */
const ABOVE = '^src/(routes|app\\.setup|openapi\\.setup|main)';

/** What the command line checks without a service. */
const SCHEMA = '^src/(bootstrap|config)/[^/]+\\.schema\\.ts$';
const PURE = '\\.(types|rules)\\.ts$';
const DRIVERS = 'node_modules/(mongoose|mongodb|lmdb)/';

/** Copies of the embedded store are made beside the service (decision 0047). */
const COPIES = '^src/storage/embedded/backup/';

/** Moves of records from one store to another open the stores while no service runs (decision 0052). */
const MOVES = '^src/moving/index\\.ts$';

/** What `check-config` and `doctor` ask about an environment in which no service runs. None of it loads Nest. */
const CHECKED_WITHOUT_SERVICE = [
  '^src/bootstrap/(read-bootstrap|published-secrets)\\.ts$',
  '^src/storage/mongo/link/(indexes|mongo-address|schemas)\\.ts$',
  '^src/storage/embedded/store/(data-file|ownership)\\.ts$',
];

export default {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }, 'Change the shape: data flows one way.'),
    ...ORDER.map((name, i) =>
      forbid(
        `${name}-looks-down`,
        `^src/${name}/`,
        anyOf(ORDER.slice(i + 1).length > 0 ? ORDER.slice(i + 1) : ['none']),
        'A feature uses what stands before it in ORDER, never what stands behind it.',
      ),
    ),
    ...roomRules,
    forbid(
      'through-the-index',
      { path: `^src/(${ORDER.join('|')}|auth)/`, pathNot: [PURE, SCHEMA] },
      {
        path: `^src/(${ORDER.join('|')}|auth)/`,
        pathNot: ['^src/$1/', '/index\\.ts$', '\\.types\\.ts$'],
      },
      'Another feature is used through its index.ts (rules, which may import no index, name types and rules directly).',
    ),
    forbid(
      'schemas-name-rules',
      SCHEMA,
      {
        path: `^src/(${ORDER.join('|')}|auth)/`,
        pathNot: [PURE, SCHEMA],
        dependencyTypesNot: ['type-only'],
      },
      'A schema names types and rules directly, so that the command line can check what it describes.',
    ),
    forbid(
      'no-driver-in-features',
      `^src/(${[...ORDER, 'auth', 'http'].join('|')})/`,
      `^src/storage/|${DRIVERS}`,
    ),
    forbid('shared-and-config-know-nobody', '^src/(shared|config)/', {
      path: '^src/',
      pathNot: '^src/(shared|config)/',
    }),
    forbid('routes-are-above', { path: '^src/', pathNot: ABOVE }, '^src/routes/'),
    forbid('http-knows-shared-only', '^src/http/', { path: '^src/', pathNot: '^src/(http|shared|config)/' }),
    forbid('auth-knows-no-feature', '^src/auth/', {
      path: '^src/',
      pathNot: '^src/(auth|http|shared|config)/',
    }),
    forbid(
      'ctl-knows-no-service',
      '^src/ctl/',
      {
        path: '^src/',
        pathNot: ['^src/(ctl|shared|config)/', PURE, SCHEMA, COPIES, MOVES, ...CHECKED_WITHOUT_SERVICE],
      },
      'The command line is bundled apart from the service and talks to it by HTTP.',
    ),
    forbid(
      'moving-is-for-the-command-line',
      { path: '^src/', pathNot: '^src/(moving|ctl|storage)/' },
      '^src/moving/',
    ),
    forbid('nobody-imports-the-command-line', { path: '^src/', pathNot: '^src/ctl/' }, '^src/ctl/'),
    forbid(
      'rules-are-pure',
      { path: PURE, pathNot: '\\.spec\\.ts$' },
      {
        path: ['node_modules', '^src/', '^node:'],
        pathNot: [PURE, '\\.errors\\.ts$', '^src/shared/'],
        dependencyTypesNot: ['type-only'],
      },
      'Decisions get data and `now`; no npm, no Nest, no services.',
    ),
    forbid('storage-knows-ports', '^src/storage/', {
      path: '^src/',
      pathNot: [
        '^src/(storage|shared|config)/',
        '\\.repository\\.ts$',
        '\\.types\\.ts$',
        '\\.errors\\.ts$',
        '\\.rules\\.ts$',
      ],
    }),
    forbid(
      'nobody-imports-the-root',
      { path: '^src/', pathNot: '^src/(main|app\\.setup)\\.ts$' },
      '^src/app\\.module\\.ts$',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '\\.spec\\.ts$' },
  },
};
