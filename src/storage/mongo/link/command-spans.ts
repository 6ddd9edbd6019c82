import type { mongo } from 'mongoose';
import type { Span, Tracing } from '../../../shared/tracing.js';

/**
 * Puts each command that a request causes into a span, by the driver's own events. The span names the command and the
 * collection; what the command holds is not read.
 */
export function traceCommands(client: mongo.MongoClient, tracing: Tracing): void {
  const running = new Map<number, Span>();
  client.on('commandStarted', ({ requestId, commandName, command }) => {
    const collection = collectionOf(commandName, command);
    const span = tracing.child({
      kind: 'client',
      name: collection === undefined ? commandName : `${commandName} ${collection}`,
      facts: {
        'db.system.name': 'mongodb',
        'db.operation.name': commandName,
        ...(collection !== undefined && { 'db.collection.name': collection }),
      },
    });
    if (span) running.set(requestId, span);
  });
  const end = (requestId: number, failure?: 'failed'): void => {
    running.get(requestId)?.end(failure);
    running.delete(requestId);
  };
  client.on('commandSucceeded', ({ requestId }) => end(requestId));
  client.on('commandFailed', ({ requestId }) => end(requestId, 'failed'));
}

/** `{ find: 'carts' }`, `{ getMore: 1n, collection: 'carts' }`. */
function collectionOf(name: string, command: Readonly<Record<string, unknown>>): string | undefined {
  const named = [command[name], command['collection']].find((one) => typeof one === 'string');
  return typeof named === 'string' ? named : undefined;
}
