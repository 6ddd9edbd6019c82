import type { Connection, mongo } from 'mongoose';

const ASKING = ['find', 'update', 'delete', 'findAndModify', 'aggregate', 'count', 'distinct'] as const;

/** Of the driver and the session, not of the query. */
const ENVELOPE = new Set([
  'lsid',
  '$clusterTime',
  'txnNumber',
  '$db',
  '$readPreference',
  'writeConcern',
  'readConcern',
]);

export interface Plan {
  readonly query: string;
  readonly stages: readonly string[];
}

/** Everything that the service asks a MongoDB, and what the server says how it finds it. */
export class WatchedQueries {
  /** One of each form: values differ, plans do not. */
  private readonly seen = new Map<string, mongo.Document>();

  constructor(private readonly connection: Connection) {
    connection.getClient().on('commandStarted', ({ commandName, command, databaseName }) => {
      if (databaseName !== connection.name || !ASKING.some((name) => name === commandName)) return;
      const query = Object.fromEntries(Object.entries(command).filter(([name]) => !ENVELOPE.has(name)));
      const form = formOf(query);
      if (!this.seen.has(form)) this.seen.set(form, query);
    });
  }

  async explain(): Promise<readonly Plan[]> {
    const queries = [...this.seen];
    return Promise.all(
      queries.map(async ([query, command]) => {
        const plan = await this.connection.db?.command({ explain: command, verbosity: 'queryPlanner' });
        return { query, stages: stagesOf(plan?.queryPlanner?.winningPlan) };
      }),
    );
  }
}

/** The query with its values left out, and what an update writes. */
const formOf = (query: object): string =>
  JSON.stringify(query, (key, part: unknown) => {
    const isName = ASKING.some((name) => name === key) && typeof part === 'string';
    const isValue = typeof part !== 'object' || part === null;
    return key === 'u' || (isValue && !isName) ? '?' : part;
  });

function stagesOf(plan: unknown): readonly string[] {
  if (typeof plan !== 'object' || plan === null) return [];
  const inner = Object.values(plan).flatMap(stagesOf);
  return 'stage' in plan ? [String(plan.stage), ...inner] : inner;
}
