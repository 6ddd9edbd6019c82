/** What the program tells the shell. `docs/command-line.md` lists them for users. */
export const EXIT = {
  ok: 0,
  /** The service refused the request, or something failed. */
  failed: 1,
  /** An unknown command or option, a wrong value, or a variable that is missing. */
  usage: 2,
  /** Nobody answers at the address, or the service can't serve now. */
  unreachable: 3,
  /** A wrong secret, or a client that lacks the scope. */
  notAllowed: 4,
  notFound: 5,
  /** Nobody confirmed, so nothing was changed. */
  notConfirmed: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
