/**
 * Shows progress on standard error: on a terminal, in one line that is updated; elsewhere not at all, so that logs stay
 * short.
 */
export class Progress {
  private shown = '';
  private reached = '';

  /** @param what is counted, such as `sessions ended` */
  constructor(
    private readonly what: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  show(done: number, total?: number): void {
    const text = `${done}${total === undefined ? '' : ` of ${total}`} ${this.what}`;
    this.reached = text;
    if (!this.stream.isTTY || text === this.shown) return;
    this.stream.write(`\r${text.padEnd(this.shown.length)}`);
    this.shown = text;
  }

  /** The last that was to be shown, such as `500 of 1200 sessions ended`. */
  get soFar(): string {
    return this.reached === '' ? `0 ${this.what}` : this.reached;
  }

  end(): void {
    if (this.shown !== '') this.stream.write('\n');
  }
}
