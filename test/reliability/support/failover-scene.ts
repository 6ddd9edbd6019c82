import { setTimeout as sleep } from 'node:timers/promises';
import { type Member, type ReplicaSet, startReplicaSet } from '../../support/mongo/mongod.js';
import { Fleet } from './fleet.js';
import type { Endpoint } from './http-client.js';
import { Patient } from './patient.js';
import { databaseOf } from './store.js';
import { begin } from './wire.js';

/** Allows fail points. */
const TEST_COMMANDS = '--setParameter=enableTestCommands=1';

/**
 * Secondaries take the writes of 10 ms together, and each write waits as long. Three members take two fifths less of
 * the two cores then, which they share with the instances and the clients.
 */
const TOGETHER = '--setParameter=oplogBatchDelayMillis=10';

const LONGEST_OUTAGE_MS = 90_000;

/** What a new primary writes into the oplog. */
const ELECTIONS = { find: 'oplog.rs', filter: { op: 'n', 'o.msg': 'new primary' }, batchSize: 1_000 };

/**
 * A primary that steps down hands over to a member that has caught up, and stays out of elections for a while:
 * short enough that two of the three can take over at any time.
 */
const STEP_DOWN = { replSetStepDown: 2, secondaryCatchUpPeriodSecs: 1 };
const COMMAND_MS = 30_000;

/** Three members that can be taken away, and instances that use them. */
export class FailoverScene {
  private constructor(
    readonly set: ReplicaSet,
    readonly fleet: Fleet,
  ) {}

  static async open(instances: number, electionTimeoutMillis: number): Promise<FailoverScene> {
    const set = await startReplicaSet(3, { electionTimeoutMillis, args: [TEST_COMMANDS, TOGETHER] });
    const env = { MONGODB_URI: databaseOf(set.uri), REFRESH_GRACE_SECONDS: '86400' };
    return new FailoverScene(set, await Fleet.start(instances, env));
  }

  /** The instances, for callers that wait until one answers. */
  get patient(): readonly Endpoint[] {
    return this.fleet.instances.map((instance) => new Patient(instance));
  }

  /** @returns when writes were taken again */
  async writesAgain(): Promise<number> {
    const deadline = performance.now() + LONGEST_OUTAGE_MS;
    while (performance.now() < deadline) {
      if (await begin(this.fleet.first).catch(() => undefined)) return performance.now();
      await sleep(50);
    }
    throw new Error('no write was taken any more');
  }

  /** They get no more of what others write, and don't know it: their data stays as it is. */
  async holdBack(members: readonly Member[]): Promise<void> {
    await this.replication('alwaysOn', members);
  }

  async catchUp(members: readonly Member[]): Promise<void> {
    await this.replication('off', members);
  }

  /** When members were elected, on the clock of `performance.now`, as `since` is. */
  async electionsSince(since: number): Promise<readonly number[]> {
    const primary = await this.set.primary();
    const { cursor } = await primary.command(ELECTIONS, COMMAND_MS, 'local');
    const entries: readonly { readonly wall: Date }[] = cursor.firstBatch;
    return entries.map(({ wall }) => wall.getTime() - performance.timeOrigin).filter((at) => at > since);
  }

  othersThan(one: Member): readonly Member[] {
    return this.set.members.filter((member) => member !== one);
  }

  /** Restarts a member that was killed, and waits until it has what the others have: a majority can go again. */
  async bringBack(member: Member): Promise<void> {
    await member.restart();
    await this.inRole(member);
  }

  async inRole(member: Member): Promise<void> {
    for (;;) {
      const hello = await member.command({ hello: 1 }).catch(() => undefined);
      if (hello?.secondary || hello?.isWritablePrimary) return;
      await sleep(50);
    }
  }

  /** Refused while no other member has caught up, and by one that is not the primary any more. */
  async stepDown(): Promise<void> {
    for (;;) {
      const primary = await this.set.primary();
      const done = await primary.command(STEP_DOWN, COMMAND_MS).then(
        () => true,
        () => false,
      );
      if (done) return;
      await sleep(100);
    }
  }

  private async replication(mode: 'alwaysOn' | 'off', members: readonly Member[]): Promise<void> {
    const stop = { configureFailPoint: 'stopReplProducer', mode };
    await Promise.all(members.map((member) => member.command(stop, COMMAND_MS)));
  }

  async close(): Promise<void> {
    await this.fleet.dispose();
    await this.set.stop();
  }
}
