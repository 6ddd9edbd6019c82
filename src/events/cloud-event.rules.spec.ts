import { expect, it } from 'vitest';
import { anEvent } from '../../test/support/events/memory-events.js';
import { cloudEventOf } from './cloud-event.rules.js';

it('A CloudEvent has the envelope of its event, and nothing that only the service needs', () => {
  const event = anEvent({
    id: 'e1',
    sequence: 42,
    sessionId: 's1',
    person: 'anna',
    time: new Date('2026-11-28T10:00:00.000Z'),
    data: { version: 2 },
  });
  expect(cloudEventOf(event)).toEqual({
    specversion: '1.0',
    id: 'e1',
    source: '/tenants/acme',
    type: 'onesession.context.changed',
    subject: 's1',
    time: '2026-11-28T10:00:00.000Z',
    datacontenttype: 'application/json',
    sequence: '000000000042',
    data: { version: 2 },
  });
});

it('Sequences sort as text as they do as numbers', () => {
  const sequences = [10, 9, 100].map((sequence) => cloudEventOf(anEvent({ sequence })).sequence);
  expect(sequences.toSorted().map(Number)).toEqual([9, 10, 100]);
});
