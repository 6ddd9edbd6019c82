import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/events/index.js';
import { eventProblems, schemaOf } from '../support/events/event-schemas.js';

const text = readFileSync('docs/events.asyncapi.yaml', 'utf8');

describe('The description of the events', () => {
  it('is valid AsyncAPI 3, without a warning', async () => {
    const { document, diagnostics } = await new Parser().parse(text);
    expect(diagnostics.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
    expect(document?.version()).toBe('3.1.0');
  });

  it('has a message for each type of event, and for what a stream says about itself', async () => {
    const { document } = await new Parser().parse(text);
    const names = document?.allMessages().map((one) => one.name());
    expect(new Set(names)).toEqual(new Set([...EVENT_TYPES, 'reset', 'end']));
    const ofWebhooks = document?.channels().get('webhook')?.messages();
    expect(ofWebhooks?.map((one) => one.name()).toSorted()).toEqual([...EVENT_TYPES].toSorted());
  });

  it('has a schema for each type, which refuses what it does not name', () => {
    for (const type of EVENT_TYPES) expect(schemaOf(type), type).toBeDefined();
    const event = {
      specversion: '1.0',
      id: 'e1',
      source: '/tenants/acme',
      type: 'onesession.customer.created',
      subject: 'anna',
      time: '2026-11-28T10:00:00.000Z',
      datacontenttype: 'application/json',
      sequence: '000000000001',
      data: { customerId: 'anna' },
    };
    expect(eventProblems(event)).toEqual([]);
    expect(eventProblems({ ...event, data: { customerId: 'anna', email: 'anna@acme.test' } })).not.toEqual(
      [],
    );
    expect(eventProblems({ ...event, sequence: '1' })).not.toEqual([]);
    expect(eventProblems({ ...event, type: 'onesession.customer.moved' })).not.toEqual([]);
  });
});
