import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { findMongod } from './mongod-binary.js';
import { freePort, MongodFolder, MongodProcess, PortTaken } from './mongod-process.js';

const SET = 'rs0';
const SETTLE_MS = 60_000;
const ANSWER_MS = 1_000;
const PORT_TRIES = 5;

/** Small, and with a TTL pass a second where MongoDB's own is a minute. */
const ARGS = [
  `--replSet=${SET}`,
  '--wiredTigerCacheSizeGB=0.25',
  '--setParameter=ttlMonitorSleepSecs=1',
  '--setParameter=diagnosticDataCollectionEnabled=false',
  // A member that is told to stop waits 15 s for its clients otherwise.
  '--setParameter=shutdownTimeoutMillisForSignaledShutdown=100',
];

export interface MongodOptions {
  /** Default: whatever `findMongod` finds. */
  readonly binary?: string;
  /** More command line arguments of mongod. */
  readonly args?: readonly string[];
}

export interface ReplicaSetOptions extends MongodOptions {
  /** How long a set goes on without a primary before it elects another. MongoDB's default is 10,000. */
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
  /** Waits until there is one. */
  primary(): Promise<Member>;
  stop(): Promise<void>;
}

/** One mongod as a replica set of its own: transactions, majority writes and change streams work. */
export async function startMongod(options: MongodOptions = {}): Promise<Mongod> {
  const { uri, members, stop } = await startReplicaSet(1, options);
  const [{ port, pid, dbPath }] = members as [Member];
  return { uri, port, pid, dbPath, stop };
}

/** For tests that take servers away. All members can vote and become primary. */
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
  return { uri, members, primary: () => primaryOf(members), stop };
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

  /** Of the process that runs now: a restart gives another. */
  get pid(): number {
    return this.server.pid;
  }

  get dbPath(): string {
    return this.folder.path;
  }

  /** A power cut: nothing is flushed, no client is told. */
  async kill(): Promise<void> {
    await this.server.kill();
  }

  /** A stall: its connections stay open and nothing answers. */
  pause(): void {
    this.server.signal('SIGSTOP');
  }

  resume(): void {
    this.server.signal('SIGCONT');
  }

  /** On the same port and data, after an orderly end if it still runs. Does not wait for an election. */
  async restart(): Promise<void> {
    await this.server.terminate();
    this.server = await this.launch();
  }

  /** Hands the office over in good order; it does not stand for election in the given time. */
  async stepDown(seconds = 10): Promise<void> {
    await this.command({ replSetStepDown: seconds }, SETTLE_MS);
  }

  async stop(): Promise<void> {
    await this.server.terminate();
    await this.folder.remove();
  }

  /** A command to this very member, whatever its role. */
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

/** Until its first copy of the data is made, a member can't take over from another. */
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

/** A member that was paused can still take itself for the primary: the latest election counts. */
async function claimant(members: readonly Member[]): Promise<Member | undefined> {
  const answers = await Promise.all(
    members.map(async (member) => {
      const hello = await hear(member);
      return hello?.isWritablePrimary ? [{ member, election: String(hello.electionId) }] : [];
    }),
  );
  return answers.flat().sort((a, b) => (a.election < b.election ? 1 : -1))[0]?.member;
}

/** Undefined when it is down, or paused. */
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
