import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { TENANT_PATTERN } from './shared/tenant.js';

export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('onesession')
    .setDescription('A self-hosted session layer for commerce storefronts')
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth()
    .setOpenAPIVersion('3.1.0')
    .build();
  return withTenants(SwaggerModule.createDocument(app, description));
}

/** The guard reads the tenant of a path by itself, so no controller declares it. */
function withTenants(document: OpenAPIObject): OpenAPIObject {
  const schema = { type: 'string', pattern: TENANT_PATTERN.source } as const;
  const tenant = { name: 'tenant', in: 'path', required: true, example: 'acme', schema } as const;
  for (const [path, item] of Object.entries(document.paths)) {
    if (path.includes('{tenant}')) item.parameters = [tenant];
  }
  return document;
}

/** `GET /openapi.json`, and Swagger UI at `/docs`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), { jsonDocumentUrl: 'openapi.json' });
}
