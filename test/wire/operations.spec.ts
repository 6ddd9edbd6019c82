import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeApi } from '../../src/openapi.setup.js';
import { openShop, type Shop } from '../support/shop.js';
import { OPERATIONS, operationsOf } from './operations.js';

describe('The operations of the wire', () => {
  let shop: Shop;
  let described: ReadonlyMap<string, readonly number[]>;
  let served: readonly string[];
  beforeAll(async () => {
    shop = await openShop();
    described = new Map(operationsOf(describeApi(shop.app)).map(({ name, statuses }) => [name, statuses]));
    served = servedBy(shop);
  });
  afterAll(() => shop.close());

  it('are all served and described, each with every status that it is known for', () => {
    const missing = [...OPERATIONS].flatMap(([operation, statuses]) => {
      if (!served.includes(operation)) return [`${operation} is not served`];
      const absent = statuses.filter((status) => !described.get(operation)?.includes(status));
      return absent.length > 0 ? [`${operation} does not describe ${absent.join(', ')}`] : [];
    });
    console.log(`operations: ${OPERATIONS.size - missing.length} of ${OPERATIONS.size}`);
    expect(missing).toEqual([]);
  });

  it('that are served are described, and the other way round', () => {
    expect([...served].sort()).toEqual([...described.keys()].sort());
  });
});

/** What the controllers declare: `GET /cart/{tenant}/carts`. */
function servedBy({ app }: Shop): readonly string[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ instance, metatype }) => {
    if (!metatype) return [];
    const prefix: string = Reflect.getMetadata(PATH_METADATA, metatype) ?? '';
    const names = new MetadataScanner().getAllMethodNames(Object.getPrototypeOf(instance));
    return names.flatMap((name) => {
      const handler: unknown = Reflect.get(instance, name);
      if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      const path: string = Reflect.getMetadata(PATH_METADATA, handler);
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler)];
      const template = `/${prefix}/${path}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1');
      return [`${method} ${template.replaceAll(/:(\w+)/g, '{$1}')}`];
    });
  });
}
