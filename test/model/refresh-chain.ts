/** Seconds. */
export const GRACE = 30;

interface Used {
  readonly id: number;
  readonly until: number;
  readonly usedAt: number;
  readonly successor?: number;
}

export type Refreshed = { readonly kind: 'new' | 'same'; readonly id: number } | { readonly kind: 'reused' };

/** The refresh tokens of a session: one that is current, and those that were used. */
export class RefreshChain {
  private used: readonly Used[] = [];

  constructor(
    private current: { readonly id: number; readonly until: number },
    private readonly window: number,
  ) {}

  /** @param nextId the number of a new token @returns undefined if the token is unknown or has expired */
  use(id: number, now: number, nextId: number): Refreshed | undefined {
    if (id === this.current.id) return this.current.until > now ? this.rotate(now, nextId) : undefined;
    const known = this.used.find((one) => one.id === id && one.until > now);
    if (!known) return undefined;
    if (now < known.usedAt + GRACE) return { kind: 'same', id: this.newestAfter(known) };
    // Stricter for a customer, because a token that comes back late may be stolen.
    return { kind: 'reused' };
  }

  /** An anonymous session goes on with a new token, and so does the client that holds the one that was current. */
  resume(id: number, now: number, nextId: number): Refreshed {
    const displaced = { ...this.current, usedAt: -Infinity };
    const again = this.used.flatMap((one) =>
      one.id === id ? [{ ...one, usedAt: now, successor: nextId }] : [],
    );
    this.used = [...again, displaced, ...this.used.filter((one) => one.id !== id)];
    this.current = { id: nextId, until: now + this.window };
    return { kind: 'new', id: nextId };
  }

  private rotate(now: number, nextId: number): Refreshed {
    this.used = [{ ...this.current, usedAt: now, successor: nextId }, ...this.used];
    this.current = { id: nextId, until: now + this.window };
    return { kind: 'new', id: nextId };
  }

  private newestAfter({ successor }: Used): number {
    const usedToo = this.used.find(({ id, successor: next }) => id === successor && next !== undefined);
    return usedToo ? this.newestAfter(usedToo) : (successor ?? this.current.id);
  }
}
