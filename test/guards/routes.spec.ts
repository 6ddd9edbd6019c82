import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/rate-limit/index.js';
import { callersOf, declaredRoutes } from '../../src/routes/index.js';
import { openShop, type Shop } from '../support/shop.js';

/** Of the libraries that serve the description; with its pages they hold nothing that is anybody's. */
const OF_LIBRARIES = /^\/(docs|openapi\.json|api-json|docs-yaml)(\/|$|-)/;

describe('The table of routes', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('says who may call each of them', () => {
    const routes = declaredRoutes(shop.app);
    expect(routes.length).toBeGreaterThan(120);
    for (const route of routes) {
      expect(callersOf(route), route.name).not.toBe('');
      expect(route.access.length > 0, route.name).toBe(route.proofs.length === 0);
    }
  });

  it('has every route that is served, and no other [P-32]', () => {
    const served = shop.routes.filter(({ url }) => !OF_LIBRARIES.test(url));
    const names = served.map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    const declared = declaredRoutes(shop.app).map(({ method, template }) => `${method} ${template}`);
    expect(names.filter((name) => !/^(HEAD|OPTIONS) /.test(name)).toSorted()).toEqual(declared.toSorted());
  });

  it('names every limit, and each of them is a route’s', () => {
    const named = new Set(declaredRoutes(shop.app).flatMap(({ limits }) => limits));
    expect([...named].toSorted()).toEqual(Object.keys(LIMITS).toSorted());
  });

  it('is checked in for people as the code has it (npm run docs:openapi)', async () => {
    const lines = declaredRoutes(shop.app).map(
      (route) =>
        `| ${route.method} | \`${route.template}\` | ${callersOf(route)} | ${route.limits.join(', ') || '-'} |`,
    );
    const page = [
      '# Routes',
      '',
      '<!-- Generated from the declarations of the controllers: npm run docs:openapi -->',
      '',
      'Who may call what, and which limits count a call (`src/rate-limit/limits.rules.ts`). A token of another tenant is',
      'refused with 403 wherever a path has `{tenant}`, before anything is read.',
      '',
      '| Method | Path | Callers | Limits |',
      '| --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../docs/routes.md');
  });

  it('lets no service start that has a route without callers [P-32]', async () => {
    @Controller('forgotten')
    class ForgottenController {
      @Get()
      read(): string {
        return 'anything';
      }
    }
    @Module({ controllers: [ForgottenController] })
    class ForgottenModule {}
    const app = await NestFactory.createApplicationContext(ForgottenModule, { logger: false });
    expect(() => declaredRoutes(app)).toThrow('ForgottenController.read does not say who may call it');
    await app.close();
  });
});
