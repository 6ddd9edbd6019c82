import type { ArgumentMetadata, ExecutionContext, PipeTransform, Type } from '@nestjs/common';
import {
  PARAMTYPES_METADATA,
  RESPONSE_PASSTHROUGH_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Handler } from './controllers.js';

/** The parts of a request that a handler's parameters can name. */
export interface Sent {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly context: ExecutionContext;
}

/** How one argument of a handler is obtained. */
export interface Argument {
  readonly index: number;
  readonly of: (sent: Sent) => unknown;
  /** Absent: the argument is what was sent. */
  readonly checked?: (value: unknown) => unknown;
}

/** The metadata that Nest records for a parameter with a decorator. */
interface Declared {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes?: readonly (PipeTransform | Type<PipeTransform>)[];
  readonly schema?: unknown;
  readonly factory?: (data: unknown, context: ExecutionContext) => unknown;
}

const PLACES: Readonly<Record<string, ArgumentMetadata['type']>> = {
  [RouteParamtypes.BODY]: 'body',
  [RouteParamtypes.QUERY]: 'query',
  [RouteParamtypes.PARAM]: 'param',
};

/** How the values of parameters are checked. */
export interface Pipes {
  /** Comes first, for each of them. */
  readonly forAll: PipeTransform;
  /** Returns the pipe that a parameter declares as a class or as an instance. */
  readonly declared: (pipe: PipeTransform | Type<PipeTransform>) => PipeTransform;
}

/**
 * Returns the arguments in the order of the parameters, in which they are checked: of a request with several faults, it
 * decides which one is told.
 * @returns undefined if a parameter asks for something that only Nest can provide
 */
export function argumentsOf(handler: Handler, pipes: Pipes): readonly Argument[] | undefined {
  const { controller, name } = handler;
  const declared: Readonly<Record<string, Declared>> =
    Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {};
  const types: readonly unknown[] =
    Reflect.getMetadata(PARAMTYPES_METADATA, controller.prototype, name) ?? [];
  if (sendsAnswer(handler, declared)) return undefined;
  const all = Object.entries(declared).map(([key, parameter]) =>
    argumentOf(key.split(':', 1)[0] ?? '', parameter, types[parameter.index], pipes),
  );
  const known = all.filter((one) => one !== undefined);
  return known.length < all.length ? undefined : known.toSorted((a, b) => a.index - b.index);
}

/** Whether a handler does without Nest's reply. */
const sendsAnswer = ({ controller, name }: Handler, declared: object): boolean =>
  Object.keys(declared).some((key) => key.startsWith(`${RouteParamtypes.RESPONSE}:`)) &&
  !Reflect.hasMetadata(RESPONSE_PASSTHROUGH_METADATA, controller, name);

function argumentOf(
  kind: string,
  { index, data, pipes = [], schema, factory }: Declared,
  metatype: unknown,
  { forAll, declared }: Pipes,
): Argument | undefined {
  if (schema !== undefined || (factory && pipes.length > 0)) return undefined;
  if (factory) return { index, of: ({ context }) => factory(data, context) };
  const of = readerOf(kind, data);
  const type = PLACES[kind];
  if (!of || type === undefined) return of && pipes.length === 0 ? { index, of } : undefined;
  // A part of a path is text, whatever it holds.
  const isText = type === 'param' && metatype === String && data !== undefined;
  if (isText && pipes.length === 0) return { index, of };
  const metadata = { type, metatype, data } as ArgumentMetadata;
  const own = pipes.map(declared);
  if (own.length === 0) return { index, of, checked: (value) => forAll.transform(value, metadata) };
  return { index, of, checked: (value) => piped(value, metadata, [forAll, ...own]) };
}

async function piped(
  sent: unknown,
  metadata: ArgumentMetadata,
  pipes: readonly PipeTransform[],
): Promise<unknown> {
  let value = sent;
  for (const pipe of pipes) value = await pipe.transform(value, metadata);
  return value;
}

function readerOf(kind: string, data: unknown): Argument['of'] | undefined {
  const named = typeof data === 'string' ? data : undefined;
  switch (Number(kind)) {
    case RouteParamtypes.REQUEST:
      return ({ request }) => request;
    case RouteParamtypes.RESPONSE:
      return ({ reply }) => reply;
    case RouteParamtypes.BODY:
      return named === undefined ? ({ request }) => request.body : undefined;
    case RouteParamtypes.QUERY:
      return ({ request }) => fieldOf(request.query, named);
    case RouteParamtypes.PARAM:
      return ({ request }) => fieldOf(request.params, named);
    case RouteParamtypes.HEADERS:
      return ({ request: { headers } }) => (named === undefined ? headers : headers[named.toLowerCase()]);
    default:
      return undefined;
  }
}

const fieldOf = (all: unknown, name: string | undefined): unknown =>
  name === undefined ? all : (all as Record<string, unknown>)[name];
