import { Conflict, NotFound } from './errors.js';
import type { SessionContextDto, UpdateOwnContextDto } from './generated/index.js';
import { type Bearer, isNameable, jsonOf, pathOf, type Transport } from './transport.js';

export type SessionContext = SessionContextDto;

/** What may be changed. In `context`, null removes an attribute. */
export type ContextChange = Omit<UpdateOwnContextDto, 'metadata'>;

const MOST_TRIES = 5;

/** The context of the shopper's own session. Every method throws a subclass of `OneSessionError`. */
export class Context {
  private readonly path: string;

  constructor(
    private readonly transport: Transport,
    private readonly bearer: Bearer,
    tenant: string,
  ) {
    this.path = `/session-context/${tenant}/me/context`;
  }

  /** @returns undefined before the first cart: a new session has no context yet */
  async read(): Promise<SessionContext | undefined> {
    try {
      return await jsonOf(await this.transport.sendAs(this.bearer, 'GET', this.path));
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  /**
   * Reads the context, changes it, and starts over if somebody else changed it meanwhile.
   * @param change gets the context as it is; may be called again
   * @returns the context as it is afterwards
   * @throws NotFound before the first cart; Conflict if others were faster five times
   */
  async update(change: (context: SessionContext) => ContextChange): Promise<SessionContext> {
    for (let tries = 1; ; tries += 1) {
      const context = await this.known();
      const body = { ...change(context), metadata: { version: context.metadata.version } };
      try {
        await this.transport.sendAs(this.bearer, 'PATCH', this.path, { body });
        return await this.known();
      } catch (error) {
        if (!(error instanceof Conflict) || tries === MOST_TRIES) throw error;
      }
    }
  }

  /**
   * Adds an attribute, or replaces its value.
   * @param key 1 to 256 characters
   * @param value any JSON, up to 64 KiB
   * @throws NotFound before the first cart
   */
  async setAttribute(key: string, value: unknown): Promise<void> {
    await this.transport.sendAs(this.bearer, 'POST', `${this.path}/attributes`, { body: { key, value } });
  }

  /** Does nothing if there is no such attribute. @throws NotFound before the first cart */
  async removeAttribute(key: string): Promise<void> {
    if (!isNameable(key)) {
      await this.update(() => ({ context: { [key]: null } }));
      return;
    }
    await this.transport.sendAs(this.bearer, 'DELETE', `${this.path}/attributes${pathOf(key)}`);
  }

  /** @throws NotFound before the first cart */
  private async known(): Promise<SessionContext> {
    return jsonOf(await this.transport.sendAs(this.bearer, 'GET', this.path));
  }
}
