/** Counts the carts that a login could not bring to its customer as the tenant wants it. */
export abstract class LoginCartFailures {
  abstract count(): void;
}
