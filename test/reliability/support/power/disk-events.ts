import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a process asked of the disk, in milliseconds of the machine's clock. */
export type DiskEvent =
  | {
      readonly kind: 'write';
      readonly begun: number;
      readonly done: number;
      readonly offset: number;
      readonly bytes: Buffer;
      /** The file was opened with O_DSYNC, so it is on the disk when it is done. */
      readonly durable: boolean;
    }
  | { readonly kind: 'sync'; readonly begun: number; readonly done: number };

const CALLS = ['openat', 'lseek', 'pwrite64', 'write', 'writev', 'fdatasync', 'fsync'];
/** These would change the file in ways that `DiskEvent` can't tell. */
const UNKNOWN = ['pwritev', 'pwritev2', 'ftruncate', 'fallocate', 'msync', 'sync_file_range'];

/** The service runs as the process that is spawned, and strace beside it. @param trace the file that strace writes */
export const tracedBy = (trace: string, file: string): readonly string[] => {
  const calls = `trace=${[...CALLS, ...UNKNOWN].join()}`;
  return ['strace', '-D', '-f', '-ttt', '-T', '-xx', '-s', '16777216', '-P', file, '-o', trace, '-e', calls];
};

const LINE = /^(\d+) +(\d+\.\d+) (.*)$/;
const UNFINISHED = / <unfinished \.\.\.>$/;
const RESUMED = /^<\.\.\. \w+ resumed>(.*)$/;
const CALL = /^(\w+)\((.*)\) += (-?\d+).* <(\d+\.\d+)>$/s;

/** Reads what `tracedBy` has had written. @throws Error if a call is there whose effect is not known */
export async function diskEvents(trace: string): Promise<readonly DiskEvent[]> {
  const events: DiskEvent[] = [];
  const pending = new Map<string, { readonly begun: number; readonly text: string }>();
  const files: Files = { durable: new Set(), positions: new Map() };
  for await (const line of createInterface({ input: createReadStream(trace) })) {
    const [, thread = '', time = '', text = ''] = LINE.exec(line) ?? [];
    const began = Number(time) * 1000;
    if (UNFINISHED.test(text)) {
      pending.set(thread, { begun: began, text: text.replace(UNFINISHED, '') });
      continue;
    }
    const rest = RESUMED.exec(text)?.[1];
    const earlier = rest === undefined ? undefined : pending.get(thread);
    const call = CALL.exec(earlier ? earlier.text + rest : text);
    if (call) events.push(...eventsOf(call, earlier?.begun ?? began, files));
  }
  return events.toSorted((a, b) => a.done - b.done);
}

/** The open files, by their numbers. */
interface Files {
  readonly durable: Set<string>;
  readonly positions: Map<string, number>;
}

function eventsOf(call: RegExpExecArray, begun: number, files: Files): readonly DiskEvent[] {
  const [, name = '', args = '', result = '', seconds = ''] = call;
  const done = begun + Number(seconds) * 1000;
  const fd = /^\d+/.exec(args)?.[0] ?? '';
  if (Number(result) < 0) return [];
  switch (name) {
    case 'openat':
      files.positions.set(result, 0);
      if (args.includes('O_DSYNC')) files.durable.add(result);
      else files.durable.delete(result);
      return [];
    case 'lseek':
      files.positions.set(fd, Number(result));
      return [];
    case 'fdatasync':
    case 'fsync':
      return [{ kind: 'sync', begun, done }];
    case 'write':
    case 'writev':
    case 'pwrite64': {
      const durable = files.durable.has(fd);
      return [{ kind: 'write', begun, done, durable, ...writeOf(name, args, Number(result), fd, files) }];
    }
    default:
      throw new Error(`${name} has an effect on the file that is not known`);
  }
}

function writeOf(name: string, args: string, written: number, fd: string, { positions }: Files) {
  const bytes = bytesIn(args);
  if (bytes.length !== written) throw new Error(`${name} wrote ${written} bytes of ${bytes.length}`);
  if (name === 'pwrite64') return { offset: Number(/, (\d+)$/.exec(args)?.[1]), bytes };
  const offset = positions.get(fd) ?? 0;
  positions.set(fd, offset + written);
  return { offset, bytes };
}

const bytesIn = (args: string): Buffer =>
  Buffer.concat(
    [...args.matchAll(/"([^"]*)"/g)].map(([, text = '']) => Buffer.from(text.replaceAll('\\x', ''), 'hex')),
  );
