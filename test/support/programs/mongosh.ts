import mongoose from 'mongoose';

/**
 * Stands in for mongosh, which needs an installation of its own: `mongosh URI --eval EXPRESSION`. The answers come from
 * the server; only `rs.status()`, `db.stats()` and `db.sessions.stats()` are known.
 */
const [uri = '', , expression = ''] = process.argv.slice(2);
const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise();
const { db: database } = connection;
if (!database) throw new Error(`${uri} names no database`);
const [members, sizes, ofSessions] = await Promise.all([
  database.admin().command({ replSetGetStatus: 1 }),
  database.command({ dbStats: 1 }),
  database.command({ collStats: 'sessions' }),
]);
await connection.close();
const names = {
  rs: { status: () => members },
  db: { stats: () => sizes, sessions: { stats: () => ofSessions } },
};
const evaluate = new Function(...Object.keys(names), `return ${expression};`);
const result: unknown = evaluate(...Object.values(names));
process.stdout.write(`${JSON.stringify(result)}\n`);
