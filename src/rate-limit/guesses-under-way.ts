/** Ends what it was returned for. */
export type End = () => void;

/** Counts the guesses that this process is judging: until it is known, each may be a wrong one. */
export class GuessesUnderWay {
  private readonly counts = new Map<string, number>();

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  /** @returns what ends the guess, to be called once, when it was right or has been counted as wrong */
  begin(key: string): End {
    this.counts.set(key, this.of(key) + 1);
    return () => {
      const left = this.of(key) - 1;
      if (left > 0) this.counts.set(key, left);
      else this.counts.delete(key);
    };
  }
}
