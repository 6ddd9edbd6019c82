import { printable, printableWord } from '../../src/shared/printable.ts';

/** Levels of pino, and what a developer reads. */
const LEVELS: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};
const WARN = 40;
const DEBUG = 20;

interface Entry {
  readonly time: number;
  readonly level: number;
  readonly msg?: string;
  readonly context?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
  readonly [field: string]: unknown;
}

/** Every entry has them; they say nothing on one machine. */
const EVERYWHERE = new Set(['time', 'level', 'msg', 'context', 'err', 'pid', 'hostname']);

/**
 * A line of the service's output as a developer reads it.
 * @returns undefined for a line that only says how the framework does its work
 */
export function readableLine(line: string): string | undefined {
  const entry = entryIn(line);
  if (!entry) return line;
  const time = new Date(entry.time).toTimeString().slice(0, 8);
  if (entry.context === 'http' && entry.msg === 'request') return `${time} ${requestLine(entry)}`;
  if (entry.level <= DEBUG) return undefined;
  const level = entry.level >= WARN ? ` ${LEVELS[entry.level] ?? entry.level}` : '';
  const fields = Object.entries(entry).filter(([name]) => !EVERYWHERE.has(name));
  const more = fields.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join('');
  const stack = entry.err ? `\n${entry.err.stack ?? entry.err.message ?? ''}` : '';
  return printable(`${time}${level} ${entry.context ?? ''}: ${entry.msg ?? ''}${more}${stack}`);
}

function entryIn(line: string): Entry | undefined {
  if (!line.startsWith('{"level":')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

function requestLine({ tenant, method, path, route, status, ms, reason }: Entry): string {
  const words = [tenant ?? '-', method, path ?? route, status, `${String(ms)} ms`, reason];
  return printableWord(words.filter((word) => word !== undefined).join(' '));
}
