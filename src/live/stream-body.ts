import { Readable } from 'node:stream';

/** Bytes that may wait in memory for a slow reader, per stream. */
const MOST_WAITING_BYTES = 65_536;

/** The text of one stream, with backpressure: `write` waits until the reader takes what was written before. */
export class StreamBody {
  private goOn: (() => void) | undefined;

  readonly readable = new Readable({ highWaterMark: MOST_WAITING_BYTES, read: () => this.hasRoom() });

  constructor(onClose: () => void) {
    this.readable.once('close', () => {
      onClose();
      this.hasRoom();
    });
    // Without a listener, a connection that breaks would stop the process.
    this.readable.on('error', () => undefined);
  }

  get isOver(): boolean {
    return this.readable.destroyed || this.readable.readableEnded;
  }

  /** Whether what was written last still waits for the reader. */
  get isWaiting(): boolean {
    return this.goOn !== undefined;
  }

  async write(text: string): Promise<void> {
    if (this.isOver || this.readable.push(text)) return;
    await new Promise<void>((resolve) => (this.goOn = resolve));
  }

  end(text: string): void {
    if (this.isOver) return;
    this.readable.push(text);
    this.readable.push(null);
  }

  /** Closes the connection. What was not read is lost, and the reader can ask for it again. */
  drop(): void {
    this.readable.destroy();
  }

  private hasRoom(): void {
    this.goOn?.();
    this.goOn = undefined;
  }
}
