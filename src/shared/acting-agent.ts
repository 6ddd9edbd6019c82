import { AsyncLocalStorage } from 'node:async_hooks';

/** A program that acts with somebody's token. */
export interface Agent {
  /** The OAuth client of the token. */
  readonly clientId: string;
  /** Address of the profile that a shopping agent claims. Recorded, never fetched, and it gives no rights. */
  readonly profile?: string;
}

const agents = new AsyncLocalStorage<Agent>();

/** Does what an agent asked for. Whatever it changes on the way is recorded as the agent's. */
export const actingFor = <R>(agent: Agent, act: () => R): R => agents.run(agent, act);

/** @returns undefined where nobody but the caller acts */
export const actingAgent = (): Agent | undefined => agents.getStore();
