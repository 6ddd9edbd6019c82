import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches, ValidateBy, ValidateIf } from 'class-validator';
import { isTenantName, TENANT_PATTERN } from '../../shared/tenant.js';

/** The parameter's earlier name, which some public clients still send (F-25). */
const OLD_NAME = 'hybris-tenant';

const TENANT_SHAPE = {
  message: 'must be 3 to 16 lower case letters and digits, beginning with a letter',
} as const;

const IsSameTenant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSameTenant',
    validator: {
      validate: (old: unknown, context) => {
        const tenant: unknown = Reflect.get(context?.object ?? {}, 'tenant');
        return tenant === undefined || tenant === old;
      },
      defaultMessage: () => 'differs from `tenant`; send only one of the two',
    },
  });

/** A query that names its tenant in `tenant`, in `hybris-tenant`, or identically in both. */
export class TenantQueryDto {
  @ApiPropertyOptional({
    example: 'acme',
    pattern: TENANT_PATTERN.source,
    description: 'Name of the tenant. Required unless `hybris-tenant` is sent.',
  })
  @ValidateIf((query: TenantQueryDto) => query.tenant !== undefined || query[OLD_NAME] === undefined)
  @Matches(TENANT_PATTERN, TENANT_SHAPE)
  tenant?: string;

  @ApiPropertyOptional({
    pattern: TENANT_PATTERN.source,
    description: 'Earlier name of `tenant`. If both are sent, they must be equal.',
  })
  @ValidateIf((_, value) => value !== undefined)
  @Matches(TENANT_PATTERN, TENANT_SHAPE)
  @IsSameTenant()
  [OLD_NAME]?: string;
}

/** Returns the tenant of a validated query. */
export const tenantOf = (query: TenantQueryDto): string => query.tenant ?? query[OLD_NAME] ?? '';

/** Returns the tenant of a query that has not been validated yet. */
export function tenantIn(query: unknown): string | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  const named: unknown = 'tenant' in query ? query.tenant : Reflect.get(query, OLD_NAME);
  return isTenantName(named) ? named : undefined;
}
