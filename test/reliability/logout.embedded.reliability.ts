import { afterAll, beforeAll, describe, it } from 'vitest';
import { Fleet } from './support/fleet.js';
import { PATIENCE_MS, sized } from './support/form.js';
import { logoutStaysFinal } from './support/logout-figure.js';

describe('A logout on embedded', { timeout: PATIENCE_MS }, () => {
  let fleet: Fleet;

  beforeAll(async () => void (fleet = await Fleet.start(1)));
  afterAll(() => fleet.dispose());

  it('R10 embedded: is final at once, also for writes under way, after a crash, and for a new context of its id [P-11]', () =>
    logoutStaysFinal(fleet, sized(20, 400)));
});
