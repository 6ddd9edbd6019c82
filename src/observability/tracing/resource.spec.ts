import { describe, expect, it } from 'vitest';
import { VERSION } from '../../shared/version.js';
import { resourceOf } from './resource.js';

const idOf = (id: string | undefined, worker?: number): unknown => {
  const given: Record<string, string> = id === undefined ? {} : { 'service.instance.id': id };
  return resourceOf({ OTEL_RESOURCE_ATTRIBUTES: given, OTEL_SERVICE_NAME: undefined }, worker).attributes[
    'service.instance.id'
  ];
};

describe('The resource that spans come from', () => {
  it('has the name and version of the service unless they are given', () => {
    const { attributes } = resourceOf({ OTEL_RESOURCE_ATTRIBUTES: undefined, OTEL_SERVICE_NAME: undefined });
    expect(attributes).toMatchObject({ 'service.name': 'onesession', 'service.version': VERSION });
    const given = { 'service.name': 'a', 'service.version': '7' };
    expect(
      resourceOf({ OTEL_RESOURCE_ATTRIBUTES: given, OTEL_SERVICE_NAME: undefined }).attributes,
    ).toMatchObject(given);
    expect(resourceOf({ OTEL_RESOURCE_ATTRIBUTES: given, OTEL_SERVICE_NAME: 'b' }).attributes).toMatchObject({
      'service.name': 'b',
    });
  });

  it('is an instance of its own for each process, also where the environment names one for all workers', () => {
    expect(idOf(undefined)).toMatch(/^[\da-f-]{36}$/);
    expect(idOf(undefined, 1)).not.toBe(idOf(undefined, 1));
    expect(idOf('pod-a')).toBe('pod-a');
    expect([idOf('pod-a', 1), idOf('pod-a', 2)]).toEqual(['pod-a-1', 'pod-a-2']);
  });
});
