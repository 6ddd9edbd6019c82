import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { declaredAudit } from '../audit/index.js';
import { declaredAccess } from '../auth/index.js';
import { isIdempotent } from '../idempotency/index.js';
import { declaredLimits } from '../rate-limit/index.js';
import type { Route } from './route.types.js';

/**
 * Builds the table of routes from the declarations on the controllers, which the guard reads too.
 * @throws Error - a route does not say who may call it, so the service does not start
 */
export function declaredRoutes(app: INestApplicationContext): readonly Route[] {
  const routes = controllersOf(app).flatMap(routesOf);
  return routes.toSorted((a, b) => compare(a.template, b.template) || compare(a.method, b.method));
}

type Controller = new (...args: never[]) => unknown;

function controllersOf(app: INestApplicationContext): readonly Controller[] {
  const modules = [...app.get(ModulesContainer).values()];
  const wrappers = modules.flatMap(({ controllers }) => [...controllers.values()]);
  return wrappers.flatMap(({ metatype }) => (metatype ? [metatype as Controller] : []));
}

function routesOf(controller: Controller): Route[] {
  const { prototype } = controller;
  const names = new MetadataScanner().getAllMethodNames(prototype);
  const handlers = names.map((name): Handler => ({ controller, name, call: Reflect.get(prototype, name) }));
  return handlers.filter(({ call }) => Reflect.hasMetadata(PATH_METADATA, call)).map(routeOf);
}

interface Handler {
  readonly controller: Controller;
  readonly name: string;
  readonly call: Function;
}

function routeOf({ controller, name, call }: Handler): Route {
  const access = declaredAccess(call, controller);
  const audit = declaredAudit(call);
  if (!access) throw new Error(`${controller.name}.${name} does not say who may call it`);
  return {
    ...access,
    method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, call)] ?? 'ALL',
    template: templateOf(
      Reflect.getMetadata(PATH_METADATA, controller),
      Reflect.getMetadata(PATH_METADATA, call),
    ),
    limits: declaredLimits(call),
    idempotent: isIdempotent(call),
    ...(audit && { audit }),
    name: `${controller.name}.${name}`,
  };
}

/** Turns `cart/:tenant` and `/carts/:cartId` into `/cart/{tenant}/carts/{cartId}`. */
function templateOf(...parts: readonly string[]): string {
  const segments = parts.flatMap((part) => part.split('/')).filter((segment) => segment !== '');
  return `/${segments.map((segment) => segment.replace(/^:(.+)$/, '{$1}')).join('/')}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
