import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches, ValidateBy, ValidateIf } from 'class-validator';
import { isTenantName, TENANT_PATTERN } from '../../shared/tenant.js';

/** Some public clients send the name that the parameter had before (F-25). */
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
      defaultMessage: () => 'names another tenant than `tenant` does; send one of the two',
    },
  });

/** A query that names its tenant in `tenant`, in `hybris-tenant`, or in both alike. */
export class TenantQueryDto {
  @ApiPropertyOptional({
    example: 'acme',
    pattern: TENANT_PATTERN.source,
    description: 'required, unless `hybris-tenant` names the tenant',
  })
  @ValidateIf((query: TenantQueryDto) => query.tenant !== undefined || query[OLD_NAME] === undefined)
  @Matches(TENANT_PATTERN, TENANT_SHAPE)
  tenant?: string;

  @ApiPropertyOptional({
    pattern: TENANT_PATTERN.source,
    description: 'the older name of `tenant`; if both are sent, they must be equal',
  })
  @ValidateIf((_, value) => value !== undefined)
  @Matches(TENANT_PATTERN, TENANT_SHAPE)
  @IsSameTenant()
  [OLD_NAME]?: string;
}

/** The tenant of a query that was validated. */
export const tenantOf = (query: TenantQueryDto): string => query.tenant ?? query[OLD_NAME] ?? '';

/** The tenant of a query that nobody has validated yet. */
export function tenantIn(query: unknown): string | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  const named: unknown = 'tenant' in query ? query.tenant : Reflect.get(query, OLD_NAME);
  return isTenantName(named) ? named : undefined;
}
