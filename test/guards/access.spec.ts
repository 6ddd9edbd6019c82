import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_METADATA } from '../../src/auth/authenticated.js';
import { openShop, type Shop } from '../support/shop.js';

describe('Every route', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('declares who may call it [P-32]', () => {
    const routes = declaredRoutes(shop);
    expect(routes.length).toBeGreaterThan(30);
    expect(routes.filter(({ access }) => access === undefined).map(({ name }) => name)).toEqual([]);
  });
});

function declaredRoutes({ app }: Shop): { name: string; access: unknown }[] {
  const reflector = app.get(Reflector);
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ instance, metatype }) => {
    if (!metatype) return [];
    const methods = new MetadataScanner().getAllMethodNames(Object.getPrototypeOf(instance));
    const handlers = methods.map((name) => ({ name, handler: (instance as Record<string, Function>)[name] }));
    return handlers.flatMap(({ name, handler }) => {
      if (!handler || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      const access: unknown = reflector.getAllAndOverride(ACCESS_METADATA, [handler, metatype]);
      return [{ name: `${metatype.name}.${name}`, access }];
    });
  });
}
