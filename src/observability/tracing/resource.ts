import cluster from 'node:cluster';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import type { Config } from '../../config/config.schema.js';
import { VERSION } from '../../shared/version.js';

type Settings = Pick<Config, 'OTEL_RESOURCE_ATTRIBUTES' | 'OTEL_SERVICE_NAME'>;

/** Who sends the spans. Each of several workers is a separate instance. */
export function resourceOf(
  { OTEL_RESOURCE_ATTRIBUTES: given = {}, OTEL_SERVICE_NAME: name }: Settings,
  worker: number | undefined = cluster.worker?.id,
): Resource {
  const instance = given['service.instance.id'];
  const own = {
    'service.name': name ?? given['service.name'] ?? 'onesession',
    'service.version': given['service.version'] ?? VERSION,
    'service.instance.id': instance === undefined ? crypto.randomUUID() : instanceOf(instance, worker),
  };
  return defaultResource().merge(resourceFromAttributes({ ...given, ...own }));
}

const instanceOf = (instance: string, worker: number | undefined): string =>
  worker === undefined ? instance : `${instance}-${worker}`;
