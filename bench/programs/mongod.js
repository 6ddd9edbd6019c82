import { startMongod } from '../../test/support/mongo/mongod.ts';

/** The mongod of the tests, as a program: it lives as long as the benchmark does. */
const mongod = await startMongod();
process.send?.({ url: mongod.uri, pid: mongod.pid });
process.once('disconnect', async () => {
  await mongod.stop();
  process.exit(0);
});
