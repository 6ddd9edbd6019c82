import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { findMongod } from './mongod-binary.js';
import { freePort, MongodFolder, MongodProcess, PortTaken } from './mongod-process.js';

const SET = 'rs0';
const SETTLE_MS = 60_000;
const ANSWER_MS = 1_000;
const PORT_TRIES = 5;

/** Small, and with a TTL pass every second, where MongoDB's default is a minute. */
const ARGS = [
  `--replSet=${SET}`,
  '--wiredTigerCacheSizeGB=0.25',
  '--setParameter=ttlMonitorSleepSecs=1',
  '--setParameter=diagnosticDataCollectionEnabled=false',
  // Otherwise a member that is told to stop waits 15 s for its clients.
  '--setParameter=shutdownTimeoutMillisForSignaledShutdown=100',
];

/**
 * For a mongod whose databases come and go, each with a hundred collections and indexes. By default it keeps the files of
 * what was dropped open for five to ten minutes: a whole run then needs more than 20,000, and mongod ends when it gets
 * no more.
 */
export const FORGETS_DROPPED_DATABASES = [
  '--setParameter=minSnapshotHistoryWindowInSeconds=5',
  '--setParameter=wiredTigerFileHandleCloseIdleTime=10',
  '--syncdelay=15',
];

export interface MongodOptions {
  /** Default: what `findMongod` returns. */
  readonly binary?: string;
  /** Additional command line arguments of mongod. */
  readonly args?: readonly string[];
}

export interface ReplicaSetOptions extends MongodOptions {
  /** How long a set continues without a primary before it elects another one. MongoDB's default is 10,000. */
  readonly electionTimeoutMillis?: number;
}

export interface Mongod {
  readonly uri: string;
  readonly port: number;
  readonly pid: number;
  readonly dbPath: string;
  stop(): Promise<void>;
}

export interface ReplicaSet {
  readonly uri: string;
  readonly members: readonly Member[];
  /** Waits until there is a primary. */
  primary(): Promise<Member>;
  /** Adds a member without a vote, and waits until it has copied all data. */
  join(): Promise<Member>;
  stop(): Promise<void>;
}

/** Starts one mongod as a replica set, so that transactions, majority writes and change streams work. */
export async function startMongod(options: MongodOptions = {}): Promise<Mongod> {
  const { uri, members, stop } = await startReplicaSet(1, options);
  const [{ port, pid, dbPath }] = members as [Member];
  return { uri, port, pid, dbPath, stop };
}

/** Starts a replica set for tests that stop servers. Every member can vote and become primary. */
export async function startReplicaSet(size: number, options: ReplicaSetOptions = {}): Promise<ReplicaSet> {
  const binary = options.binary ?? (await findMongod());
  const args = [...ARGS, ...(options.args ?? [])];
  const members: Member[] = [];
  const stop = async () => void (await Promise.all(members.map((member) => member.stop())));
  try {
    for (let i = 0; i < size; i++) members.push(await Member.start(binary, args));
    await initiate(members, options.electionTimeoutMillis ?? 2_000);
    await everyMemberReady(members);
  } catch (error) {
    await stop();
    throw error;
  }
  const uri = `mongodb://${members.map(({ address }) => address).join(',')}/?replicaSet=${SET}`;
  const join = async () => {
    const member = await Member.start(binary, args);
    const primary = await primaryOf(members);
    members.push(member);
    await admit(primary, member);
    return member;
  };
  return { uri, members, primary: () => primaryOf(members), join, stop };
}

export class Member {
  private constructor(
    readonly port: number,
    private readonly folder: MongodFolder,
    private readonly launch: () => Promise<MongodProcess>,
    private server: MongodProcess,
  ) {}

  static async start(binary: string, args: readonly string[]): Promise<Member> {
    const folder = await MongodFolder.create();
    try {
      for (let left = PORT_TRIES; ; left--) {
        const port = await freePort();
        const launch = () => MongodProcess.launch({ binary, port, folder, args });
        const server = await launch().catch((error: unknown) => {
          if (error instanceof PortTaken && left > 1) return undefined;
          throw error;
        });
        if (server) return new Member(port, folder, launch, server);
      }
    } catch (error) {
      await folder.remove();
      throw error;
    }
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** The pid of the running process. A restart changes it. */
  get pid(): number {
    return this.server.pid;
  }

  get dbPath(): string {
    return this.folder.path;
  }

  /** Acts like a power cut: nothing is flushed, and no client is told. */
  async kill(): Promise<void> {
    await this.server.kill();
  }

  /** Acts like a stall: connections stay open, and nothing answers. */
  pause(): void {
    this.server.signal('SIGSTOP');
  }

  resume(): void {
    this.server.signal('SIGCONT');
  }

  /**
   * Starts it on the same port and data, after an orderly stop if it is still running. Does not wait for an election.
   */
  async restart(): Promise<void> {
    await this.server.terminate();
    this.server = await this.launch();
  }

  /** Steps down in an orderly way, and does not stand for election for the given time. */
  async stepDown(seconds = 10): Promise<void> {
    await this.command({ replSetStepDown: seconds }, SETTLE_MS);
  }

  async stop(): Promise<void> {
    await this.server.terminate();
    await this.folder.remove();
  }

  /** Sends a command to this member, whatever its role. */
  async command(command: mongo.Document, withinMs = ANSWER_MS, database = 'admin'): Promise<mongo.Document> {
    const client = new mongo.MongoClient(`mongodb://${this.address}/?directConnection=true`, {
      serverSelectionTimeoutMS: withinMs,
      connectTimeoutMS: withinMs,
      socketTimeoutMS: withinMs,
    });
    try {
      return await client.db(database).command(command);
    } finally {
      await client.close();
    }
  }
}

async function initiate(members: readonly Member[], electionTimeoutMillis: number): Promise<void> {
  const settings = { electionTimeoutMillis, heartbeatIntervalMillis: Math.ceil(electionTimeoutMillis / 4) };
  const config = { _id: SET, members: members.map(({ address }, _id) => ({ _id, host: address })), settings };
  await members[0]?.command({ replSetInitiate: config }, SETTLE_MS);
}

async function admit(primary: Member, { address }: Member): Promise<void> {
  const { config } = await primary.command({ replSetGetConfig: 1 });
  const one = { _id: config.members.length, host: address, votes: 0, priority: 0 };
  const next = { ...config, version: config.version + 1, members: [...config.members, one] };
  await primary.command({ replSetReconfig: next }, SETTLE_MS);
  await until(`${address} with a copy of the data`, async () => {
    const { members } = await primary.command({ replSetGetStatus: 1 });
    return (
      members.find((each: mongo.Document) => each.name === address)?.stateStr === 'SECONDARY' || undefined
    );
  });
}

/** Until a member has made its first copy of the data, it can't take over from another. */
async function everyMemberReady(members: readonly Member[]): Promise<void> {
  await primaryOf(members);
  for (const member of members) {
    await until(`${member.address} in its role`, async () => {
      const hello = await hear(member);
      return hello?.isWritablePrimary || hello?.secondary ? member : undefined;
    });
  }
}

function primaryOf(members: readonly Member[]): Promise<Member> {
  return until('primary', () => claimant(members));
}

/** A paused member may still consider itself the primary, so the latest election counts. */
async function claimant(members: readonly Member[]): Promise<Member | undefined> {
  const answers = await Promise.all(
    members.map(async (member) => {
      const hello = await hear(member);
      return hello?.isWritablePrimary ? [{ member, election: String(hello.electionId) }] : [];
    }),
  );
  return answers.flat().sort((a, b) => (a.election < b.election ? 1 : -1))[0]?.member;
}

/** Returns undefined if the member is down or paused. */
function hear(member: Member): Promise<mongo.Document | undefined> {
  return member.command({ hello: 1 }).catch(() => undefined);
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + SETTLE_MS;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error(`no ${what} within ${SETTLE_MS / 1000} s`);
}
