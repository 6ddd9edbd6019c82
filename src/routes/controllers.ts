import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';

export type Controller = new (...args: never[]) => unknown;

/** A method of a controller that answers a route. */
export interface Handler {
  readonly controller: Controller;
  readonly instance: unknown;
  readonly name: string;
  readonly call: Function;
}

/** Returns the handlers of all controllers, in no particular order. */
export function handlersOf(app: INestApplicationContext): readonly Handler[] {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype, instance }) =>
      metatype ? handlersIn(metatype as Controller, instance) : [],
    ),
  );
}

function handlersIn(controller: Controller, instance: unknown): readonly Handler[] {
  const { prototype } = controller;
  const names = new MetadataScanner().getAllMethodNames(prototype);
  return names
    .map((name): Handler => ({ controller, instance, name, call: Reflect.get(prototype, name) }))
    .filter(({ call }) => Reflect.hasMetadata(PATH_METADATA, call));
}

export const methodOf = ({ call }: Handler): string =>
  RequestMethod[Reflect.getMetadata(METHOD_METADATA, call)] ?? 'ALL';

/** Returns the path of a handler as in the API description: `/cart/{tenant}/carts/{cartId}`. */
export function templateOf({ controller, call }: Handler): string {
  const parts: readonly string[] = [
    Reflect.getMetadata(PATH_METADATA, controller),
    Reflect.getMetadata(PATH_METADATA, call),
  ];
  const segments = parts.flatMap((part) => part.split('/')).filter((segment) => segment !== '');
  return `/${segments.map((segment) => segment.replace(/^:(.+)$/, '{$1}')).join('/')}`;
}
