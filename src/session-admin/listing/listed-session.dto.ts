import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { cursorOf } from '../../http/query/cursor-page.js';
import { lastUsedAt, stateOf } from '../../session/index.js';

import type { ListedSession, SessionPage } from './session-list.service.js';

export class ListedSessionDto {
  @ApiProperty({ example: '62528895-b561-4518-bfdc-2cbf52a07845' })
  sessionId!: string;

  @ApiProperty({ enum: ['anonymous', 'customer'], description: 'Who the session belongs to.' })
  kind!: string;

  @ApiProperty({
    enum: ['alive', 'dormant'],
    description: 'Whether the session is served, or waits for a refresh of its tokens.',
  })
  state!: string;

  @ApiPropertyOptional({ description: 'Id of the customer. Absent in an anonymous session.' })
  customerId?: string;

  @ApiPropertyOptional({ example: 'anna@acme.test', description: 'E-mail address of the customer.' })
  email?: string;

  @ApiProperty({ example: 'acme-storefront', description: 'The OAuth client of the storefront.' })
  clientId!: string;

  @ApiProperty({ format: 'date-time', description: 'When the session began, often before a login.' })
  createdAt!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'Last login, refresh of tokens or change of the context. Reads do not count.',
  })
  lastUsedAt!: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description:
      'When the session ends if nobody uses it. Absent for a customer’s, which lives until logout.',
  })
  endsAt?: string;

  @ApiPropertyOptional({ example: 'main', description: 'Site of the context.' })
  siteCode?: string;

  @ApiPropertyOptional({ example: 'EUR', description: 'ISO 4217 currency code of the context.' })
  currency?: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2 country code of the context.' })
  targetLocation?: string;

  @ApiPropertyOptional({ example: 'de', description: 'Language tag of the context.' })
  language?: string;

  @ApiPropertyOptional({ example: '65141d687308095e25ca0671', description: 'The cart of the context.' })
  cartId?: string;

  @ApiProperty({ description: 'Whether the session has a context, which comes with its first cart.' })
  hasContext!: boolean;

  @ApiPropertyOptional({ example: 3, description: 'Version of the context.' })
  version?: number;
}

export class SessionPageDto {
  @ApiProperty({ type: [ListedSessionDto], description: 'The sessions, the newest first.' })
  items!: ListedSessionDto[];

  @ApiPropertyOptional({
    description:
      'Send it as `cursor` to get the next page. Absent on the last page. A page may have fewer sessions than ' +
      '`limit`, or none, and still not be the last.',
  })
  next?: string;
}

export function toListedSessionDto({ session, customer }: ListedSession, now: Date): ListedSessionDto {
  const { sessionId, kind, clientId, customerId, createdAt, lifetime, context } = session;
  return {
    sessionId,
    kind,
    state: stateOf(session, now),
    ...(customerId !== undefined && { customerId }),
    ...(customer && { email: customer.email }),
    clientId,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt(session).toISOString(),
    ...(lifetime && { endsAt: lifetime.goneAt.toISOString() }),
    ...(context && {
      siteCode: context.siteCode.value,
      currency: context.currency.value,
      targetLocation: context.targetLocation.value,
      language: context.language.value,
      ...(context.cartId && { cartId: context.cartId.value }),
      version: context.version,
    }),
    hasContext: context !== undefined,
  };
}

export const toSessionPageDto = ({ items, next }: SessionPage, now: Date): SessionPageDto => ({
  items: items.map((one) => toListedSessionDto(one, now)),
  ...(next && { next: cursorOf([next.createdAt.getTime(), next.sessionId]) }),
});
