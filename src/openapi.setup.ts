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

/** What each tag is about. A tag that is used must have an entry here (test: openapi.spec.ts). */
const TAGS: Readonly<Record<string, string>> = {
  OAuth: 'Service tokens for client credentials, and the keys that verify all tokens.',
  Login: 'How a session begins, is refreshed, becomes a customer’s, and ends.',
  'Session context: own': 'Shoppers read and change the context of their own session.',
  'Session context: management':
    'Employees and backends read and change any session context of their tenant.',
  'Session context: handover':
    'A guest goes on in another browser or at another device, by a link that works once.',
  Customer: 'Sign-up, with double opt-in if the tenant requires it.',
  'Customer: own profile': 'Customers read and change their own profile.',
  'Customer: own addresses': 'Customers manage their own addresses, with tags and a default for each tag.',
  'Customer: devices': 'Customers see and end their own sessions on all devices.',
  'Customer: credentials': 'Passwords and the e-mail address that logs in.',
  Carts: 'Carts. The first one makes the context of its session.',
  'Cart items': 'The items of a cart, one by one or many at once.',
  'Cart discounts': 'Discount codes that are applied to a cart.',
  'Site settings': 'Sites, one of which is the default of its tenant.',
  'Site settings: mixins': 'The tenant’s own data about a site.',
  Prices: 'Prices, one by one or many at once.',
  'Price models': 'What a price means: tiers, measurement unit, gross or net.',
  'Price lists': 'Prices that apply together: at a site, for groups or companies, for a time.',
  'Prices in price lists': 'Prices of one list, one by one or many at once.',
  'Price matching': 'Which price applies to a shopper.',
  'Customers: profiles': 'Customers, as the backends of their tenant manage them.',
  'Customers: import': 'Bring customers in from another system, with their passwords.',
  'Customers: addresses': 'Addresses of customers, as the backends of their tenant manage them.',
  'Companies: legal entities': 'Companies and subsidiaries that customers buy for.',
  'Companies: contacts': 'Which customers may act for which legal entity.',
  'Companies: locations': 'Where companies are.',
  'VTEX sessions': 'The same sessions in the VTEX dialect, by cookie.',
  'VTEX segments': 'The part of a session that many sessions can share.',
  'VTEX settings': 'What the apps of the VTEX dialect need from the tenant.',
  'Agents: carts': 'Shopping agents fill carts by the Universal Commerce Protocol. Only if `UCP` is `on`.',
  'Admin: customers': 'End a customer’s sessions, and export or erase what is stored about a person.',
  'Admin: audit': 'Who read or changed what, and who was refused.',
  'Admin: tenants': 'The operator creates, changes and deletes tenants. Only if `OPERATOR_SECRET` is set.',
  'Admin: keys':
    'The operator rotates and drops signing keys, and replaces `KEYS_SECRET`. Only if `OPERATOR_SECRET` is set.',
  'Admin: sessions': 'Why a session is as it is, and what a change would do.',
  'Admin: webhooks':
    'Servers of the tenant that are posted events, signed by Standard Webhooks, and what became of each delivery.',
  'Admin: console': 'One-time links that sign in to the console.',
  'Administration: clients': 'OAuth clients of a tenant and their secrets.',
  'Administration: discount codes': 'Discount codes that a tenant declares.',
  'Administration: mails': 'Mails that were sent or are waiting.',
  Health: 'Liveness, readiness and metrics of the service.',
};

export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('onesession')
    .setDescription('A self-hosted session layer for commerce storefronts')
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The address that served this description')
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
      // A cookie is described as a security scheme, never as a parameter.
      operation.parameters = operation.parameters?.filter((one) => !('in' in one && one.name === 'cookie'));
    }
  }
  acceptNulls(document);
  return document;
}

/** Turns `CartsController.create` into `carts-create`. */
const operationIdOf = (name: string): string =>
  `${name.charAt(0).toLowerCase()}${name.slice(1).replace(/Controller\./, '-')}`;

/** The access guard reads the tenant from the path, so no controller declares it. */
const TENANT = {
  name: 'tenant',
  in: 'path',
  required: true,
  example: 'acme',
  schema: { type: 'string', pattern: TENANT_PATTERN.source },
} as const;

/**
 * Serves `GET /openapi.json`. A separate administration port serves only the routes of administration, so its
 * description names the public address for the rest.
 */
export function serveOpenApi(app: NestFastifyApplication, config: Config): void {
  const fastify = app.getHttpAdapter().getInstance();
  // Kept as bytes, because half a megabyte of text would otherwise be encoded for each answer.
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
        servers: [
          { url: ISSUER, description: 'Everything except administration' },
          ...(description.servers ?? []),
        ],
      };
