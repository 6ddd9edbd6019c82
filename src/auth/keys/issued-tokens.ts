/** Size of one generation. Two full generations take about 8 MB. */
const TOKENS_OF_A_GENERATION = 5_000;

/**
 * Tokens that this instance signed and that nobody has shown it yet. When one is shown for the first time, its signature
 * is not checked: that costs more than the signature did. All else about it is checked as always, and other instances check
 * its signature, too.
 *
 * There are two generations. When the younger one is full, the older one is forgotten.
 */
export class IssuedTokens {
  private young = new Set<string>();
  private old = new Set<string>();

  constructor(private readonly most = TOKENS_OF_A_GENERATION) {}

  add(token: string): void {
    if (this.young.size >= this.most) {
      this.old = this.young;
      this.young = new Set();
    }
    this.young.add(token);
  }

  /** @returns whether it was issued here, and not taken before */
  take(token: string): boolean {
    return this.young.delete(token) || this.old.delete(token);
  }
}
