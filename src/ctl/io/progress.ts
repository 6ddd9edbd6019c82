/**
 * Shows progress on standard error: on a terminal, in one line that is updated; elsewhere not at all, so that logs stay
 * short.
 */
export class Progress {
  private shown = '';

  /** @param what is counted, such as `sessions ended` */
  constructor(
    private readonly what: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  show(done: number, total?: number): void {
    const text = `${done}${total === undefined ? '' : ` of ${total}`} ${this.what}`;
    if (!this.stream.isTTY || text === this.shown) return;
    this.stream.write(`\r${text.padEnd(this.shown.length)}`);
    this.shown = text;
  }

  end(): void {
    if (this.shown !== '') this.stream.write('\n');
  }
}
