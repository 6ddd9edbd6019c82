import type { Connection, mongo } from 'mongoose';
import { WHOLE_STORE } from '../support/store/drivers.js';

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

/** The last one reads no rows: the server keeps the number of a collection's documents. */
const BY_INDEX = /^(IDHACK|IXSCAN|COUNT_SCAN|DISTINCT_SCAN|EXPRESS_.*|RECORD_STORE_FAST_COUNT)$/;
/** SORT_MERGE merges parts of an index, each of which is in order: nothing is sorted. */
const BY_FORCE = /^(COLLSCAN|SORT|SORT_(?!MERGE$).*)$/;

/** Found by an index, and not sorted in memory. */
export const isByIndex = ({ stages }: Plan): boolean =>
  stages.some((stage) => BY_INDEX.test(stage)) && !stages.some((stage) => BY_FORCE.test(stage));

/** Everything that the service asks a MongoDB, and what the server says how it finds it. */
export class WatchedQueries {
  /** One of each form: values differ, plans do not. */
  private readonly seen = new Map<string, mongo.Document>();

  constructor(private readonly connection: Connection) {
    connection.getClient().on('commandStarted', ({ commandName, command, databaseName }) => {
      if (command.comment === WHOLE_STORE) return;
      if (databaseName !== connection.name || !ASKING.some((name) => name === commandName)) return;
      const query = Object.fromEntries(Object.entries(command).filter(([name]) => !ENVELOPE.has(name)));
      for (const one of singly(query)) {
        const form = formOf(one);
        if (!this.seen.has(form)) this.seen.set(form, one);
      }
    });
  }

  async explain(): Promise<readonly Plan[]> {
    const queries = [...this.seen];
    return Promise.all(
      queries.map(async ([query, command]) => {
        const plan = await this.connection.db?.command({ explain: command, verbosity: 'queryPlanner' });
        return { query, stages: winningPlansOf(plan).flatMap(stagesOf) };
      }),
    );
  }
}

/** The server explains one update at a time. */
const singly = (query: mongo.Document): readonly mongo.Document[] =>
  Array.isArray(query.updates) ? query.updates.map((one) => ({ ...query, updates: [one] })) : [query];

/** The query with its values left out, and what an update writes. */
const formOf = (query: object): string =>
  JSON.stringify(query, (key, part: unknown) => {
    const isName = ASKING.some((name) => name === key) && typeof part === 'string';
    const isValue = typeof part !== 'object' || part === null;
    return key === 'u' || (isValue && !isName) ? '?' : part;
  });

/** An aggregation has it further down than a query. */
function winningPlansOf(explained: unknown): readonly unknown[] {
  if (typeof explained !== 'object' || explained === null) return [];
  if ('winningPlan' in explained) return [explained.winningPlan];
  return Object.values(explained).flatMap(winningPlansOf);
}

function stagesOf(plan: unknown): readonly string[] {
  if (typeof plan !== 'object' || plan === null) return [];
  const inner = Object.values(plan).flatMap(stagesOf);
  return 'stage' in plan ? [String(plan.stage), ...inner] : inner;
}
