import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** The intended effect of a request. */
export type Fact =
  | { readonly op: 'begin'; readonly tokens: Tokens }
  | { readonly op: 'cart'; readonly cartId?: string }
  | { readonly op: 'item' }
  | { readonly op: 'attribute'; readonly name: string; readonly value: string }
  | { readonly op: 'currency'; readonly currency: string }
  | { readonly op: 'refresh'; readonly tokens?: Tokens }
  | { readonly op: 'login'; readonly tokens?: Tokens }
  | { readonly op: 'logout' };

export interface Entry {
  readonly session: string;
  /** `unknown`: there was no answer, or it was 503. Either state is right afterwards. */
  readonly outcome: 'acknowledged' | 'unknown';
  readonly fact: Fact;
}

/**
 * The client's own log of what it was told. An entry is on disk before the client counts it, so what is
 * expected of the service never rests on the memory of a test.
 */
export class Oracle {
  private waiting: string[] = [];
  private flushing: Promise<void> | undefined;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async open(path: string): Promise<Oracle> {
    return new Oracle(path, await open(path, 'a', 0o600));
  }

  /** @returns once it is on disk; entries that come at once share a sync */
  async record(entry: Entry): Promise<void> {
    this.waiting.push(`${JSON.stringify(entry)}\n`);
    await this.flushing;
    if (this.waiting.length > 0) this.flushing ??= this.flush();
    await this.flushing;
  }

  entries(): readonly Entry[] {
    return readFileSync(this.path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry);
  }

  async close(): Promise<void> {
    await this.flushing;
    await this.file.close();
  }

  private async flush(): Promise<void> {
    const lines = this.waiting.join('');
    this.waiting = [];
    await this.file.write(lines);
    await this.file.datasync();
    this.flushing = undefined;
  }
}
