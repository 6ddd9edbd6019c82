import { Readable } from 'node:stream';
import {
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Header,
  Headers,
  HttpCode,
  Injectable,
  Module,
  type NestInterceptor,
  Param,
  type PipeTransform,
  Post,
  Query,
  Res,
  StreamableFile,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsInt, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { Around } from '../http/around.js';
import { ErrorFilter } from '../http/errors/error.filter.js';
import { validationPipe } from '../http/input/validation.pipe.js';
import { Tenant } from '../http/tenant.decorator.js';
import { Forbidden } from '../shared/domain-error.js';
import { callHandlersDirectly } from './direct-handlers.js';

class PiecesDto {
  @IsInt()
  pieces!: number;
}

class PageDto {
  @IsOptional()
  page?: string;
}

class Shout implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    context.switchToHttp().getResponse<FastifyReply>().header('x-shout', 'yes');
    return next.handle();
  }
}

class Wrap extends Around {
  override async around(context: ExecutionContext, answer: () => Promise<unknown>): Promise<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const before = reply.getHeader('x-before') ?? '';
    reply.header('x-before', `${String(before)}${reply.statusCode}`);
    try {
      return { wrapped: await answer() };
    } catch (error) {
      throw new Forbidden(`Not so: ${String(error)}`);
    }
  }
}

/** Notes that it was asked, and refuses those whom the header names. */
function noting(name: string) {
  @Injectable()
  class Noting implements CanActivate {
    canActivate(context: ExecutionContext): boolean {
      const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
      const reply = context.switchToHttp().getResponse<FastifyReply>();
      reply.header('x-asked', `${String(reply.getHeader('x-asked') ?? '')} ${name}`);
      if (headers['x-thrown-out-by'] === name) throw new Forbidden(`Thrown out by ${name}`);
      return headers['x-refused-by'] !== name;
    }
  }
  return Noting;
}

@Injectable()
class Doubled implements PipeTransform<string, string> {
  transform(value: string): string {
    if (value === 'hidden') throw new Forbidden('This is not yours');
    return `${value}${value}`;
  }
}

class Counted implements PipeTransform<object, Promise<number>> {
  async transform(value: object): Promise<number> {
    return Object.keys(value).length;
  }
}

@Controller('vault/:tenant')
@UseGuards(noting('floor'))
class VaultController {
  @Post('boxes')
  @UseGuards(noting('first'), new (noting('second'))())
  @UseGuards(noting('above'))
  open(@Body() { pieces }: PiecesDto): object {
    return { pieces };
  }

  @Get('boxes')
  list(): object {
    return { boxes: [] };
  }

  @Post('boxes/:id')
  fill(
    @Param('id', Doubled, new Doubled()) id: string,
    @Query('colour', Doubled) colour: string,
    @Body(new Counted()) pieces: number,
  ): object {
    return { id, colour, pieces };
  }
}

@Controller('shop/:tenant')
class ShopController {
  @Get('things/:id')
  @Header('content-language', 'de')
  read(@Tenant() tenant: string, @Param('id') id: string, @Query() { page }: PageDto): object {
    if (id === 'hidden') throw new Forbidden('This thing is not yours');
    return { tenant, id, page };
  }

  @Post('things')
  async add(
    @Body() { pieces }: PiecesDto,
    @Headers('X-Colour') colour: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    reply.header('location', '/things/1');
    return { pieces, colour };
  }

  @Post('nothing')
  @HttpCode(204)
  nothing(): void {}

  @Get('stream')
  @Header('content-type', 'text/event-stream')
  stream(): StreamableFile {
    return new StreamableFile(Readable.from(['one', 'two']));
  }

  @Get('loud')
  @UseInterceptors(Shout)
  loud(): object {
    return { loud: true };
  }

  @Post('wrapped')
  @HttpCode(200)
  @UseInterceptors(Wrap, new Wrap())
  wrapped(@Body() { pieces }: PiecesDto): object {
    return { pieces };
  }
}

@Injectable()
class DoorGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    return context.switchToHttp().getRequest<FastifyRequest>().headers.authorization !== undefined;
  }
}

@Module({
  controllers: [ShopController, VaultController],
  providers: [{ provide: APP_GUARD, useClass: DoorGuard }],
})
class ShopModule {}

const apps: NestFastifyApplication[] = [];

async function started({ direct }: { readonly direct: boolean }): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(ShopModule, adapter, { logger: false });
  apps.push(app);
  const forAllRoutes = { pipe: validationPipe(), filter: new ErrorFilter() };
  app.useGlobalPipes(forAllRoutes.pipe);
  app.useGlobalFilters(forAllRoutes.filter);
  if (direct) callHandlersDirectly(app, adapter.getInstance(), forAllRoutes);
  await app.init();
  await adapter.getInstance().ready();
  return app;
}

const authorization = 'Bearer x';

const REQUESTS = [
  { method: 'GET', url: '/shop/acme/things/1?page=2', headers: { authorization } },
  { method: 'HEAD', url: '/shop/acme/things/1', headers: { authorization } },
  { method: 'GET', url: '/shop/acme/things/hidden', headers: { authorization } },
  { method: 'GET', url: '/shop/A/things/1', headers: { authorization } },
  { method: 'GET', url: '/shop/acme/things/1' },
  {
    method: 'POST',
    url: '/shop/acme/things',
    headers: { authorization, 'x-colour': 'red' },
    payload: { pieces: 3 },
  },
  { method: 'POST', url: '/shop/acme/things', headers: { authorization }, payload: { pieces: 'three' } },
  { method: 'POST', url: '/shop/acme/things', headers: { authorization } },
  { method: 'POST', url: '/shop/acme/nothing', headers: { authorization } },
  { method: 'GET', url: '/shop/acme/stream', headers: { authorization } },
  { method: 'GET', url: '/shop/acme/loud', headers: { authorization } },
  { method: 'POST', url: '/shop/acme/wrapped', headers: { authorization }, payload: { pieces: 3 } },
  { method: 'POST', url: '/shop/acme/wrapped', headers: { authorization }, payload: { pieces: 'three' } },
  { method: 'POST', url: '/shop/acme/wrapped', payload: { pieces: 3 } },
  { method: 'GET', url: '/vault/acme/boxes', headers: { authorization } },
  { method: 'GET', url: '/vault/acme/boxes' },
  ...[
    {},
    { 'x-refused-by': 'floor' },
    { 'x-refused-by': 'second' },
    { 'x-thrown-out-by': 'above' },
    { 'x-thrown-out-by': 'first' },
  ].map((headers) => ({
    method: 'POST' as const,
    url: '/vault/acme/boxes',
    headers: { authorization, ...headers },
    payload: { pieces: 3 },
  })),
  { method: 'POST', url: '/vault/acme/boxes', headers: { authorization }, payload: { pieces: 'three' } },
  {
    method: 'POST',
    url: '/vault/acme/boxes/7?colour=red',
    headers: { authorization },
    payload: { a: 1, b: 2 },
  },
  { method: 'POST', url: '/vault/acme/boxes/hidden', headers: { authorization }, payload: {} },
] as const;

describe('A handler that Fastify calls directly', () => {
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
  });

  it('answers as it does through the router of Nest', async () => {
    const [direct, routed] = [await started({ direct: true }), await started({ direct: false })];
    for (const request of REQUESTS) {
      const [one, other] = [await direct.inject({ ...request }), await routed.inject({ ...request })];
      expect(one.statusCode, request.url).toBe(other.statusCode);
      expect(one.body, request.url).toBe(other.body);
      expect({ ...one.headers, date: '' }, request.url).toEqual({ ...other.headers, date: '' });
    }
  });

  it('is used for each route that asks Nest for nothing else', async () => {
    const adapter = new FastifyAdapter();
    const app = await NestFactory.create<NestFastifyApplication>(ShopModule, adapter, { logger: false });
    apps.push(app);
    const taken = callHandlersDirectly(app, adapter.getInstance(), {
      pipe: validationPipe(),
      filter: new ErrorFilter(),
    });
    expect([...taken].toSorted()).toEqual([
      'GET /shop/{tenant}/stream',
      'GET /shop/{tenant}/things/{id}',
      'GET /vault/{tenant}/boxes',
      'POST /shop/{tenant}/nothing',
      'POST /shop/{tenant}/things',
      'POST /shop/{tenant}/wrapped',
      'POST /vault/{tenant}/boxes',
      'POST /vault/{tenant}/boxes/{id}',
    ]);
  });
});
