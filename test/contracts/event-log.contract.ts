import { describe, expect, it } from 'vitest';
import type { EventLog } from '../../src/events/event-log.repository.js';

/** Events are written through the ports of what changes; see `session-events.contract.ts`. */
export function eventLogContract(getLog: () => EventLog): void {
  describe('The log of events', () => {
    it('of a tenant without events is empty and has no newest position [D-40]', async () => {
      expect(await getLog().after('nobody', undefined, 10)).toEqual([]);
      expect(await getLog().newest('nobody')).toBeUndefined();
      expect(await getLog().newestOf(['nobody'])).toEqual(new Map());
      expect(await getLog().positionOf('nobody', 'an id')).toBeUndefined();
    });
  });
}
