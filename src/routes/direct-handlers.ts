import {
  type CanActivate,
  type ExceptionFilter,
  ForbiddenException,
  type INestApplicationContext,
  type PipeTransform,
  StreamableFile,
  type Type,
} from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  HEADERS_METADATA,
  HTTP_CODE_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
  REDIRECT_METADATA,
  RENDER_METADATA,
  SSE_METADATA,
} from '@nestjs/common/constants.js';
import { APP_GUARD, ModulesContainer } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { Around } from '../http/around.js';
import { type Handler, handlersOf, methodOf, templateOf } from './controllers.js';
import { type Argument, argumentsOf, type Pipes, type Sent } from './direct-arguments.js';
import { DirectContext } from './direct-context.js';

/** What the application uses for all routes. */
export interface ForAllRoutes {
  readonly pipe: PipeTransform;
  readonly filter: ExceptionFilter;
}

/** Nest metadata that direct handlers do not support. A route with any of it is left to Nest. */
const LEFT_TO_NEST = [
  PIPES_METADATA,
  EXCEPTION_FILTERS_METADATA,
  REDIRECT_METADATA,
  RENDER_METADATA,
  SSE_METADATA,
];

/**
 * Lets Fastify call the handlers of the controllers, with the same guards, arguments and errors as Nest's router, which
 * costs more than the handlers themselves (decision 0048). A route that declares anything else goes through Nest. To be
 * called before the routes are registered.
 * @returns the routes that go this way: `GET /cart/{tenant}/carts`
 */
export function callHandlersDirectly(
  app: INestApplicationContext,
  fastify: FastifyInstance,
  { pipe, filter }: ForAllRoutes,
): ReadonlySet<string> {
  const forAll = globalGuards(app);
  const pipes: Pipes = { forAll: pipe, declared: (one) => instanceOf(app, one) };
  const direct = new Map(
    handlersOf(app).flatMap((handler) => {
      const args = needsNest(handler) ? undefined : argumentsOf(handler, pipes);
      const around = args && aroundOf(app, handler);
      const guards = [...forAll, ...declaredOn<CanActivate>(app, handler, GUARDS_METADATA)];
      const call = around && directHandler(handler, { args, around, guards, filter });
      return call ? [[`${methodOf(handler)} ${templateOf(handler)}`, call] as const] : [];
    }),
  );
  fastify.addHook('onRoute', (route) => {
    const method = route.method === 'HEAD' ? 'GET' : String(route.method);
    const handler = direct.get(`${method} ${route.url.replaceAll(/:(\w+)/g, '{$1}')}`);
    if (handler) route.handler = handler;
  });
  return new Set(direct.keys());
}

const needsNest = ({ controller, call }: Handler): boolean =>
  LEFT_TO_NEST.some((key) => Reflect.hasMetadata(key, controller) || Reflect.hasMetadata(key, call));

/**
 * Returns what the interceptors of a route do, outermost first.
 * @returns undefined if one needs Nest
 */
function aroundOf(app: INestApplicationContext, handler: Handler): readonly Around[] | undefined {
  const all = declaredOn<unknown>(app, handler, INTERCEPTORS_METADATA);
  return all.every((one) => one instanceof Around) ? all : undefined;
}

/** Returns what a route declares as classes or as instances: that of its controller before its own. */
function declaredOn<T>(
  app: INestApplicationContext,
  { controller, call }: Handler,
  metadata: string,
): readonly T[] {
  const declared = [controller, call].flatMap(
    (place): readonly (T | Type<T>)[] => Reflect.getMetadata(metadata, place) ?? [],
  );
  return declared.map((one) => instanceOf(app, one));
}

const instanceOf = <T>(app: INestApplicationContext, one: T | Type<T>): T =>
  isClass(one) ? app.get(one, { strict: false }) : one;

const isClass = <T>(one: T | Type<T>): one is Type<T> => typeof one === 'function';

/** Returns the guards of all routes in the order in which Nest runs them: that of the modules. */
function globalGuards(app: INestApplicationContext): readonly CanActivate[] {
  const modules = [...app.get(ModulesContainer).values()];
  const providers = modules.flatMap((module) => [...module.providers]);
  return providers.flatMap(([token, { instance }]) =>
    String(token).startsWith(`${APP_GUARD} `) ? [instance as CanActivate] : [],
  );
}

/** How a route is answered. */
interface Answering {
  readonly args: readonly Argument[];
  readonly around: readonly Around[];
  readonly guards: readonly CanActivate[];
  readonly filter: ExceptionFilter;
}

/** What a file says of itself, unless the handler has said something else. */
function streamOf(file: StreamableFile, reply: FastifyReply): unknown {
  const { type, disposition, length } = file.getHeaders();
  const told = { 'content-type': type, 'content-disposition': disposition, 'content-length': length };
  for (const [name, value] of Object.entries(told)) {
    if (value !== undefined && !reply.hasHeader(name)) void reply.header(name, value);
  }
  return file.getStream();
}

function directHandler(handler: Handler, { args, around, guards, filter }: Answering): RouteHandlerMethod {
  const { instance, call } = handler;
  const status: number = Reflect.getMetadata(HTTP_CODE_METADATA, call) ?? usualStatus(methodOf(handler));
  const headers: readonly { name: string; value: string }[] =
    Reflect.getMetadata(HEADERS_METADATA, call) ?? [];
  const called = async (sent: Sent): Promise<unknown> => {
    const values: unknown[] = [];
    for (const { index, of, checked } of args) {
      const value = of(sent);
      values[index] = checked ? await checked(value) : value;
    }
    return Reflect.apply(call, instance, values);
  };
  const bodyOf = around.reduceRight<(sent: Sent) => Promise<unknown>>(
    (inner, one) => (sent) => one.around(sent.context, () => inner(sent)),
    called,
  );
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const context = new DirectContext(handler, request, reply);
    try {
      for (const guard of guards) {
        const admits = guard.canActivate(context);
        if (admits !== true && !(await admits)) throw new ForbiddenException('Forbidden resource');
      }
      reply.statusCode = status;
      for (const { name, value } of headers) void reply.header(name, value);
      const body = await bodyOf({ request, reply, context });
      void reply.send(body instanceof StreamableFile ? streamOf(body, reply) : body);
    } catch (error) {
      Reflect.apply(filter.catch, filter, [error, context]);
    }
  };
  // Returns nothing, so that Fastify does not wait for a second answer.
  return (request, reply) => {
    answer(request, reply).catch((error: unknown) => reply.send(error));
  };
}

const usualStatus = (method: string): number => (method === 'POST' ? 201 : 200);
