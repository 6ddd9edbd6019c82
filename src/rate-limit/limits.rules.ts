import type { ErrorKind } from '../shared/domain-error.js';
import { networkOf } from '../shared/network.js';
import type { LimitedCaller, Quota, RateRule } from './rate-limit.types.js';

/** A rule counts what one subject does, what comes from one address, or what the one does from the other. */
export interface LimitRule extends RateRule {
  readonly by: 'subject' | 'address' | 'subject-and-address';
}

/** All that limits a route. */
export interface Limit {
  /** Each call takes a point, however it ends. */
  readonly calls: readonly LimitRule[];
  /** Only wrong guesses take one. */
  readonly failures: readonly LimitRule[];
  /** What a wrong guess is refused as; absent: as credentials are, `unauthenticated`. */
  readonly guessed?: ErrorKind;
  /** A try takes a point, which a success forgives. After the last one, each further try has to wait longer. */
  readonly tries?: LimitRule & { readonly forgivable: true };
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** Ten visitors a second from one address: an office, or a storefront that renders on its server. */
const ANONYMOUS_LOGINS: LimitRule = {
  name: 'anonymous-logins',
  points: 600,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** As many as of the other dialect; what goes on with a session of its own is not counted. */
const NEW_SESSIONS: LimitRule = {
  name: 'new-sessions',
  points: 600,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** A token is good for hours, so that even a fleet of workers behind one address stays far below. */
const TOKEN_CALLS: LimitRule = {
  name: 'token-calls',
  points: 600,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** Nobody guesses 256 bits; this is for secrets that an operator chose, and for clients gone wild. */
const TOKEN_FAILURES: LimitRule = {
  name: 'token-failures',
  points: 20,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** A sign-up tells whether an e-mail has an account (W-13): a household needs a few, a list of e-mails thousands. */
const SIGNUPS: LimitRule = { name: 'signups', points: 30, windowSeconds: HOUR, by: 'subject-and-address' };

/** Nobody's mailbox is flooded through us. */
const RESETS_OF_EMAIL: LimitRule = {
  name: 'resets-of-email',
  points: 5,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Nor many mailboxes, a little each. */
const RESETS_OF_ADDRESS: LimitRule = {
  name: 'resets-of-address',
  points: 30,
  windowSeconds: HOUR,
  by: 'address',
};

/** As for resets: nobody's mailbox is flooded with links to activate an account. */
const OPT_INS_OF_EMAIL: LimitRule = {
  name: 'opt-ins-of-email',
  points: 5,
  windowSeconds: HOUR,
  by: 'subject',
};

const OPT_INS_OF_ADDRESS: LimitRule = {
  name: 'opt-ins-of-address',
  points: 30,
  windowSeconds: HOUR,
  by: 'address',
};

/** A stolen session must not help to guess the password by asking for a new one; each call costs hashes. */
const PASSWORD_CHANGES: LimitRule = {
  name: 'password-changes',
  points: 10,
  windowSeconds: HOUR,
  by: 'subject',
};

/** The same for guesses; and each good one mails to an address that the customer names. */
const EMAIL_CHANGES: LimitRule = {
  name: 'email-changes',
  points: 5,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Nobody guesses 256 bits; but a flood of tries is a read of the store each. An office activates fewer accounts. */
const MAILED_TOKENS: LimitRule = {
  name: 'mailed-tokens',
  points: 120,
  windowSeconds: MINUTE,
  by: 'address',
};

/**
 * Five typing errors are free. Counted by address as well, so that a stranger's guesses make nobody wait but him
 * (OWASP ASVS 5, 6.3.1).
 */
const LOGIN_TRIES = {
  name: 'login-tries',
  points: 5,
  windowSeconds: DAY,
  by: 'subject-and-address',
  forgivable: true,
} as const satisfies LimitRule;

/** A few guesses each on many accounts. Far above what happens in an office; a botnet's members stay visible. */
const LOGIN_FAILURES_OF_ADDRESS: LimitRule = {
  name: 'login-failures-of-address',
  points: 300,
  windowSeconds: HOUR,
  by: 'address',
};

/**
 * Many addresses that guess on one account. Generous, because here alone strangers can shut out the owner: twenty
 * addresses have to spend all their free tries.
 */
const LOGIN_FAILURES_OF_EMAIL: LimitRule = {
  name: 'login-failures-of-email',
  points: 100,
  windowSeconds: HOUR,
  by: 'subject',
};

/** A shopper types an e-mail address or two. Which ones have price tables tells who has an account. */
const NAMED_PERSONS_OF_SESSION: LimitRule = {
  name: 'named-persons-of-session',
  points: 10,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Sessions are free to be had, so that addresses are counted as well. */
const NAMED_PERSONS_OF_ADDRESS: LimitRule = {
  name: 'named-persons-of-address',
  points: 60,
  windowSeconds: HOUR,
  by: 'address',
};

/** A cart holds ten codes. More of them than a shopper types are guesses; and each call is a write. */
const DISCOUNTS_OF_CART: LimitRule = {
  name: 'discounts-of-cart',
  points: 60,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Carts are free to be had, so that codes that nobody declared are counted by address as well; as for logins. */
const DISCOUNT_GUESSES: LimitRule = {
  name: 'discount-guesses',
  points: 300,
  windowSeconds: HOUR,
  by: 'address',
};

/** An id of 96 bits is not guessed; but who merges what is not there again and again is looking for other people's carts. */
const MERGE_GUESSES: LimitRule = {
  name: 'merge-guesses',
  points: 60,
  windowSeconds: HOUR,
  by: 'address',
};

/** The address comes first where both count: who is refused by it uses up nothing of the e-mail's. */
export const LIMITS = {
  'anonymous-login': { calls: [ANONYMOUS_LOGINS], failures: [] },
  'new-session': { calls: [NEW_SESSIONS], failures: [] },
  token: { calls: [TOKEN_CALLS], failures: [TOKEN_FAILURES] },
  signup: { calls: [SIGNUPS], failures: [] },
  reset: { calls: [RESETS_OF_ADDRESS, RESETS_OF_EMAIL], failures: [] },
  'opt-in': { calls: [OPT_INS_OF_ADDRESS, OPT_INS_OF_EMAIL], failures: [] },
  'password-change': { calls: [PASSWORD_CHANGES], failures: [] },
  'email-change': { calls: [EMAIL_CHANGES], failures: [] },
  'mailed-token': { calls: [MAILED_TOKENS], failures: [] },
  'named-person': { calls: [NAMED_PERSONS_OF_ADDRESS, NAMED_PERSONS_OF_SESSION], failures: [] },
  'named-person-of-new-session': { calls: [NAMED_PERSONS_OF_ADDRESS], failures: [] },
  'merge-guess': { calls: [], failures: [MERGE_GUESSES] },
  discount: { calls: [DISCOUNTS_OF_CART], failures: [DISCOUNT_GUESSES], guessed: 'not-found' },
  login: {
    calls: [],
    failures: [LOGIN_FAILURES_OF_ADDRESS, LOGIN_FAILURES_OF_EMAIL],
    tries: LOGIN_TRIES,
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** Longer helps nobody: at one guess in a quarter of an hour, a password that is not a word is safe. */
const LONGEST_DELAY_SECONDS = 900;

/** Who has used up the free tries may try once in this time: 1 s after the last free one, then twice as long each. */
export function delayAfter(tries: LimitRule, used: number): RateRule {
  const doubled = 2 ** Math.max(0, used - tries.points);
  return {
    name: `${tries.name}-delay`,
    points: 1,
    windowSeconds: Math.min(doubled, LONGEST_DELAY_SECONDS),
    longestWindowSeconds: LONGEST_DELAY_SECONDS,
    forgivable: true,
  };
}

/** What a rule's counter belongs to. */
export function countedParts({ by }: LimitRule, { subject, address }: LimitedCaller): readonly string[] {
  if (by === 'subject') return subject;
  const network = networkOf(address);
  return by === 'address' ? [network] : [network, ...subject];
}

/** The rule that will refuse first. */
export function tightest(quotas: readonly Quota[]): Quota | undefined {
  return quotas.toSorted((a, b) => a.remaining - b.remaining)[0];
}

/** The one header of draft-ietf-httpapi-ratelimit-headers-07. */
export const rateLimitHeader = ({ limit, remaining, resetSeconds }: Quota): string =>
  `limit=${limit}, remaining=${remaining}, reset=${resetSeconds}`;
