/** Counts carts that a login could not give to the customer in the way that the tenant chose. */
export abstract class LoginCartFailures {
  abstract count(): void;
}
