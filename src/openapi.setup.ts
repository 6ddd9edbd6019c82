import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Config } from './config/config.schema.js';
import { acceptNulls, describeProjection } from './http/errors/described-bodies.js';
import { describeRefusals } from './http/errors/described-refusals.js';
import { REFUSAL_BODIES } from './http/errors/refusals.js';
import { declaredRoutes, describeRoute } from './routes/index.js';
import { TENANT_PATTERN } from './shared/tenant.js';
import { VERSION } from './shared/version.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Which tag is about what; a tag that is used and not here has no words yet (test: openapi.spec.ts). */
const TAGS: Readonly<Record<string, string>> = {
  OAuth: 'service tokens by client credentials, and the keys that verify all tokens',
  Login: 'how a session begins, is refreshed, becomes a customer’s, and ends',
  'Session context: own': 'what a shopper reads and changes of their own session',
  'Session context: management':
    'what an employee or a backend reads and changes of any session of the tenant',
  customer: 'sign-up, with double opt-in where the tenant wants it',
  'customer: own profile': 'what a customer tells of themselves',
  'customer: own addresses': 'addresses, with tags and a default one for each',
  'customer: devices': 'the sessions of a customer on all devices',
  'customer: credentials': 'passwords and the e-mail address that logs in',
  Carts: 'carts; the first one makes the context of its session',
  'Cart items': 'what is in a cart, one by one or many at once',
  'Cart discounts': 'discount codes that are applied to a cart',
  'Site settings': 'sites, one of which is the default of its tenant',
  'Site settings: mixins': 'the tenant’s own data of a site',
  Prices: 'prices, one by one or many at once',
  'Price models': 'how a price is meant: tiers, measurement unit, gross or net',
  'Price matching': 'which price holds for a shopper',
  'VTEX sessions': 'the same sessions in the VTEX dialect, by cookie',
  'VTEX segments': 'the part of a session that many share',
  'VTEX settings': 'what the apps of the VTEX dialect need from the tenant',
  'Admin: customers': 'end a customer’s sessions, export and erase what is held of a person',
  'Admin: sessions': 'why a session is as it is, and what a change would do',
  'Administration: clients': 'OAuth clients of a tenant and their secrets',
  'Administration: discount codes': 'discount codes that a tenant declares',
  'Administration: mails': 'mails that were sent or wait',
  Health: 'whether it lives, can serve, and how it does',
};

export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('onesession')
    .setDescription('A self-hosted session layer for commerce storefronts')
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'where this description comes from')
    .addBearerAuth()
    .addCookieAuth('vtex_session', undefined, 'vtex_session')
    .setOpenAPIVersion('3.1.0');
  for (const [tag, about] of Object.entries(TAGS)) description.addTag(tag, about);
  const document = SwaggerModule.createDocument(app, description.build(), {
    extraModels: [...REFUSAL_BODIES],
    operationIdFactory: (controller, method) => operationIdOf(`${controller}.${method}`),
  });
  const routes = new Map(declaredRoutes(app).map((route) => [operationIdOf(route.name), route]));
  for (const [path, item] of Object.entries(document.paths)) {
    if (path.includes('{tenant}')) item.parameters = [TENANT];
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const route = routes.get(operation.operationId ?? '');
      if (route) describeRoute(operation, route);
      describeRefusals(path, operation);
      describeProjection(operation);
      // A cookie is a security scheme of its own, never a parameter.
      operation.parameters = operation.parameters?.filter((one) => !('in' in one && one.name === 'cookie'));
    }
  }
  acceptNulls(document);
  return document;
}

/** `CartsController.create`: `carts-create` */
const operationIdOf = (name: string): string =>
  `${name.charAt(0).toLowerCase()}${name.slice(1).replace(/Controller\./, '-')}`;

/** The guard reads the tenant of a path by itself, so no controller declares it. */
const TENANT = {
  name: 'tenant',
  in: 'path',
  required: true,
  example: 'acme',
  schema: { type: 'string', pattern: TENANT_PATTERN.source },
} as const;

/** `GET /openapi.json`. A port of its own for administration serves only that: for the rest it names the public address. */
export function serveOpenApi(app: NestFastifyApplication, config: Config): void {
  const fastify = app.getHttpAdapter().getInstance();
  // Bytes: half a megabyte of text would be encoded anew for each answer.
  let bytes: Buffer | undefined;
  fastify.get('/openapi.json', (_request, reply) => {
    bytes ??= Buffer.from(JSON.stringify(withServers(describeApi(app), config)));
    void reply.type('application/json; charset=utf-8').send(bytes);
  });
}

const withServers = (description: OpenAPIObject, { ADMIN_PORT, ISSUER }: Config): OpenAPIObject =>
  ADMIN_PORT === undefined
    ? description
    : {
        ...description,
        servers: [{ url: ISSUER, description: 'all but administration' }, ...(description.servers ?? [])],
      };
