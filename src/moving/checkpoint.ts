import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { MovingRefused } from './refused.js';

const kept = z.object({ about: z.string(), state: z.unknown() });

/**
 * How far a move has come, in a file beside its data. It is written after what it counts is on disk, so a move that is
 * killed repeats a little, and loses nothing.
 */
export class Checkpoint<S> {
  constructor(
    readonly file: string,
    private readonly state: z.ZodType<S>,
    /** Identifies the file and the store that the progress belongs to. With another one, the move starts over. */
    private readonly about: string,
  ) {}

  /** @throws MovingRefused - it belongs to something else */
  read(): S | undefined {
    if (!existsSync(this.file)) return undefined;
    const found = kept.safeParse(parsed(readFileSync(this.file, 'utf8')));
    const state = this.state.safeParse(found.data?.state);
    if (found.data?.about !== this.about || !state.success) {
      throw new MovingRefused(
        `${this.file} is the checkpoint of another move: name another one by --checkpoint, or delete it to start over`,
      );
    }
    return state.data;
  }

  write(state: S): void {
    const draft = `${this.file}.part`;
    const file = openSync(draft, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify({ about: this.about, state })}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.file);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
