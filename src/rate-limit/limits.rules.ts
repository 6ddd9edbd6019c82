import type { ErrorKind } from '../shared/domain-error.js';
import { networkOf } from '../shared/network.js';
import type { LimitedCaller, Quota, RateRule } from './rate-limit.types.js';

/** Counts what one subject does, what comes from one address, or what one subject does from one address. */
export interface LimitRule extends RateRule {
  readonly by: 'subject' | 'address' | 'subject-and-address';
  /**
   * Whether a guess that is being judged takes a point for so long, so that many at once are not more than the rule has.
   * Only where nobody sends as many right ones at once.
   */
  readonly holdsUnderWay?: true;
}

/** The rules that limit a route. */
export interface Limit {
  /** Each call uses a point, whatever its outcome. */
  readonly calls: readonly LimitRule[];
  /** Only wrong guesses use a point. */
  readonly failures: readonly LimitRule[];
  /** The kind of error that marks a wrong guess. Default: `unauthenticated`, as for credentials. */
  readonly guessed?: ErrorKind;
  /** Each try uses a point, which success forgives. When all points are used, each further try must wait longer. */
  readonly tries?: LimitRule & { readonly forgivable: true };
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** Allows ten visitors a second from one address, such as an office or a storefront that renders on its server. */
const ANONYMOUS_LOGINS: LimitRule = {
  name: 'anonymous-logins',
  points: 600,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** The same number for the VTEX dialect. Continuing an existing session is not counted. */
const NEW_SESSIONS: LimitRule = {
  name: 'new-sessions',
  points: 600,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** A token is valid for hours, so even many workers behind one address stay far below. */
const TOKEN_CALLS: LimitRule = {
  name: 'token-calls',
  points: 600,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** Allows a gateway that asks about the token of each request: a thousand a second from one address. */
const INTROSPECTIONS: LimitRule = {
  name: 'introspections',
  points: 60_000,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** A server may end the sessions of all its shoppers, and each call costs a read and a write. */
const REVOCATIONS: LimitRule = {
  name: 'revocations',
  points: 600,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/** Nobody guesses 256 bits. This limit is for secrets that an operator chose, and for clients that run wild. */
const TOKEN_FAILURES: LimitRule = {
  name: 'token-failures',
  points: 20,
  windowSeconds: MINUTE,
  by: 'subject-and-address',
};

/**
 * A sign-up reveals if an e-mail address has an account (W-13). A household needs a few, somebody with a list
 * thousands.
 */
const SIGNUPS: LimitRule = { name: 'signups', points: 30, windowSeconds: HOUR, by: 'subject-and-address' };

/** Prevents flooding one mailbox. */
const RESETS_OF_EMAIL: LimitRule = {
  name: 'resets-of-email',
  points: 5,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Prevents sending a few mails each to many mailboxes. */
const RESETS_OF_ADDRESS: LimitRule = {
  name: 'resets-of-address',
  points: 30,
  windowSeconds: HOUR,
  by: 'address',
};

/** Prevents flooding one mailbox with activation links. */
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

/** Prevents guessing the password with a stolen session by changing it. Each call also costs password hashes. */
const PASSWORD_CHANGES: LimitRule = {
  name: 'password-changes',
  points: 10,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Prevents guessing, as for passwords, and each success sends a mail to an address that the customer names. */
const EMAIL_CHANGES: LimitRule = {
  name: 'email-changes',
  points: 5,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Nobody guesses 256 bits, but each try costs a read of the store. No office activates as many accounts. */
const MAILED_TOKENS: LimitRule = {
  name: 'mailed-tokens',
  points: 120,
  windowSeconds: MINUTE,
  by: 'address',
};

/** Nobody guesses 256 bits, but each try costs a write. No team opens as many links in a minute. */
const CONSOLE_SIGN_INS: LimitRule = {
  name: 'console-sign-ins',
  points: 30,
  windowSeconds: MINUTE,
  by: 'address',
};

/** A link lasts minutes, so a shopper needs a few. Each one costs a signature; nothing is stored. */
const HANDOVER_LINKS: LimitRule = {
  name: 'handover-links',
  points: 30,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Nobody guesses a signature, but each try costs one to check, and a read of the store. */
const HANDOVER_REDEMPTIONS: LimitRule = {
  name: 'handover-redemptions',
  points: 120,
  windowSeconds: MINUTE,
  by: 'address',
};

/**
 * Allows five typing errors. Counted by address too, so that a stranger's guesses delay only the stranger
 * (OWASP ASVS 5, 6.3.1).
 */
const LOGIN_TRIES = {
  name: 'login-tries',
  points: 5,
  windowSeconds: DAY,
  by: 'subject-and-address',
  forgivable: true,
} as const satisfies LimitRule;

/** Stops a few guesses each on many accounts. Far above what an office needs, but it exposes members of a botnet. */
const LOGIN_FAILURES_OF_ADDRESS: LimitRule = {
  name: 'login-failures-of-address',
  points: 300,
  windowSeconds: HOUR,
  by: 'address',
  holdsUnderWay: true,
};

/**
 * Stops many addresses that guess on one account. Generous, because this is the only rule with which strangers can lock
 * out the owner: twenty addresses must use up all their free tries.
 */
const LOGIN_FAILURES_OF_EMAIL: LimitRule = {
  name: 'login-failures-of-email',
  points: 100,
  windowSeconds: HOUR,
  by: 'subject',
  holdsUnderWay: true,
};

/**
 * A shopper types one or two e-mail addresses. Seeing which ones have price tables reveals who has an account.
 */
const NAMED_PERSONS_OF_SESSION: LimitRule = {
  name: 'named-persons-of-session',
  points: 10,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Anybody can begin new sessions, so addresses are counted too. */
const NAMED_PERSONS_OF_ADDRESS: LimitRule = {
  name: 'named-persons-of-address',
  points: 60,
  windowSeconds: HOUR,
  by: 'address',
};

/** A cart holds ten codes. Far more tries than a shopper makes are guesses, and each call is a write. */
const DISCOUNTS_OF_CART: LimitRule = {
  name: 'discounts-of-cart',
  points: 60,
  windowSeconds: HOUR,
  by: 'subject',
};

/** Anybody can create new carts, so codes that do not exist are counted by address too, as for logins. */
const DISCOUNT_GUESSES: LimitRule = {
  name: 'discount-guesses',
  points: 300,
  windowSeconds: HOUR,
  by: 'address',
  holdsUnderWay: true,
};

/**
 * Nobody guesses an id of 96 bits, but a caller who keeps naming carts that do not exist is looking for those of
 * others.
 */
const MERGE_GUESSES: LimitRule = {
  name: 'merge-guesses',
  points: 60,
  windowSeconds: HOUR,
  by: 'address',
};

/** Rules by address come first: a caller whom they refuse uses up nothing of the e-mail address's points. */
/** For `/mcp`. An agent reads, thinks and acts; one that runs wild calls far more often. */
export const AGENT_CALLS: Limit = {
  calls: [{ name: 'agent-calls', points: 300, windowSeconds: MINUTE, by: 'subject' }],
  failures: [],
};

/** One client speaks for many shoppers. Twenty calls a second are more than their conversations need. */
const UCP_CALLS: LimitRule = { name: 'ucp-calls', points: 1200, windowSeconds: MINUTE, by: 'subject' };

export const LIMITS = {
  'anonymous-login': { calls: [ANONYMOUS_LOGINS], failures: [] },
  'new-session': { calls: [NEW_SESSIONS], failures: [] },
  token: { calls: [TOKEN_CALLS], failures: [TOKEN_FAILURES] },
  // Guesses at a secret count together, whichever route they use.
  introspection: { calls: [INTROSPECTIONS], failures: [TOKEN_FAILURES] },
  revocation: { calls: [REVOCATIONS], failures: [TOKEN_FAILURES] },
  ucp: { calls: [UCP_CALLS], failures: [] },
  'console-sign-in': { calls: [CONSOLE_SIGN_INS], failures: [] },
  handover: { calls: [HANDOVER_LINKS], failures: [] },
  'handover-redemption': { calls: [HANDOVER_REDEMPTIONS], failures: [] },
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

/** Enough: with one guess per quarter of an hour, a password that is not a word is safe. */
const LONGEST_DELAY_SECONDS = 900;

/** Returns the rule for a caller without free tries: one try per period, which starts at 1 s and doubles each time. */
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

/** Returns the parts of the key under which a rule counts. */
export function countedParts({ by }: LimitRule, { subject, address }: LimitedCaller): readonly string[] {
  if (by === 'subject') return subject;
  const network = networkOf(address);
  return by === 'address' ? [network] : [network, ...subject];
}

/** Returns the quota that will be used up first. */
export function tightest(quotas: readonly Quota[]): Quota | undefined {
  return quotas.toSorted((a, b) => a.remaining - b.remaining)[0];
}

/** Writes the header of draft-ietf-httpapi-ratelimit-headers-07. */
export const rateLimitHeader = ({ limit, remaining, resetSeconds }: Quota): string =>
  `limit=${limit}, remaining=${remaining}, reset=${resetSeconds}`;
