import { z } from 'zod';
import type { Service } from '../api/service.js';
import type { ServiceOptions } from '../frame/callers.js';
import { fields, show } from '../io/output.js';

/** The fields of a client that these commands use. `--json` prints all of them. */
export const clientRecord = z.looseObject({
  clientId: z.string(),
  kind: z.string(),
  name: z.string().optional(),
  enabled: z.boolean(),
  scopes: z.array(z.string()),
  earlierSecretsEndAt: z.array(z.string()),
  tokenEndpointAuthMethods: z.array(z.string()),
  jwks: z.looseObject({ keys: z.array(z.looseObject({})) }).optional(),
  keys: z
    .array(
      z.looseObject({
        kid: z.string().optional(),
        kty: z.string(),
        crv: z.string().optional(),
        alg: z.string().optional(),
        thumbprint: z.string(),
        addedAt: z.string().optional(),
      }),
    )
    .optional(),
  jwksUri: z.string().optional(),
  secret: z.string().optional(),
  metadata: z.looseObject({ version: z.number() }),
});

export type ClientRecord = z.infer<typeof clientRecord>;

export const pathOf = (service: Service, clientId: string): string => service.path('clients', clientId);

export const readClient = async (service: Service, clientId: string): Promise<ClientRecord> =>
  clientRecord.parse(await service.get(pathOf(service, clientId)));

export function printClient(options: ServiceOptions, one: ClientRecord): void {
  show(options, one, () =>
    fields({
      Client: one.clientId,
      Kind: one.kind,
      Name: one.name,
      'Switched on': one.enabled,
      Scopes: one.scopes.join(' ') || 'none',
      Version: one.metadata.version,
      'Authenticates by': one.tokenEndpointAuthMethods.join(', '),
      Keys: one.keys?.map(({ kid, thumbprint }) => kid ?? thumbprint).join(', ') ?? one.jwksUri,
      'Earlier secrets end': one.earlierSecretsEndAt.join(', ') || undefined,
      'Secret, shown only now': one.secret,
    }),
  );
}
