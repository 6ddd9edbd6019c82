import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Json } from '../../shared/json.js';
import type { PlannedSession } from '../cycle/session-cycle.service.js';
import { ANY_JSON } from '../sessions/session.dto.js';
import { isAnswered } from '../transforms/engine.rules.js';
import type { Values } from '../values/app.types.js';
import { partsOf } from '../values/parameters.rules.js';
import type { Explanation } from './explain.service.js';

/** Names in the Emporix dialect of what has one there. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['store.channel', 'siteCode'],
  ['store.currencyCode', 'currency'],
  ['store.countryCode', 'targetLocation'],
  ['store.cultureInfo', 'language'],
  ['checkout.cartId', 'cartId'],
  ['authentication.storeUserId', 'customerId'],
]);

export class ExplainedValueDto {
  @ApiProperty({ example: 'store.currencyCode' })
  name!: string;

  @ApiPropertyOptional({ example: 'currency', description: 'its name in the session context' })
  contextName?: string;

  @ApiProperty({ oneOf: ANY_JSON, example: 'EUR', description: 'any JSON under `public`, else a text' })
  value!: Json;

  @ApiProperty({
    example: 'site',
    description: 'site, profile, login-query, login, cart, shopper, employee, or app:<name>',
  })
  source!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'since when; absent for what nobody set' })
  since?: string;
}

class ExplainedCartDto {
  @ApiProperty({ example: '65141d687308095e25ca0671' })
  id!: string;

  @ApiProperty({ example: 'main' })
  siteCode!: string;

  @ApiProperty({ example: 'EUR' })
  currency!: string;
}

export class ExplanationDto {
  @ApiPropertyOptional({
    type: ExplainedCartDto,
    description: 'the cart that the context names; its site and currency may be others than the context’s',
  })
  cart?: ExplainedCartDto;

  @ApiProperty({ type: [ExplainedValueDto] })
  values!: ExplainedValueDto[];
}

export const toExplanationDto = ({ values, cart }: Explanation): ExplanationDto => ({
  ...(cart && { cart: { id: cart.id, siteCode: cart.siteCode, currency: cart.currency } }),
  values: [...values].map(([name, { value, source, at }]) => {
    const contextName = contextNameOf(name);
    return {
      name,
      ...(contextName !== undefined && { contextName }),
      value,
      source,
      ...(at && { since: at.toISOString() }),
    };
  }),
});

function contextNameOf(name: string): string | undefined {
  const { namespace, key } = partsOf(name);
  return namespace === 'public' ? `context.${key}` : OTHER_NAMES.get(name);
}

class DryCallDto {
  @ApiProperty({ example: 'vtex.rnb-session' })
  app!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'public.utm_source': 'x' },
  })
  inputs!: Readonly<Record<string, string>>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    description: 'null takes a value away; absent for an app that failed, or refused at first',
  })
  outputs?: Readonly<Record<string, string | null>>;

  @ApiProperty({ example: 0.4 })
  milliseconds!: number;
}

class DryRoundDto {
  @ApiProperty({ enum: ['create', 'transform'] })
  kind!: string;

  @ApiProperty({ type: [DryCallDto] })
  calls!: DryCallDto[];
}

class DryChangeDto {
  @ApiProperty({ example: 'rnb.campaigns' })
  name!: string;

  @ApiProperty({ type: 'string', nullable: true })
  before!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'vip' })
  after!: string | null;
}

export class DryRunDto {
  @ApiProperty({ type: [DryRoundDto], description: 'all calls of a round are made at once' })
  rounds!: DryRoundDto[];

  @ApiProperty({ type: [DryChangeDto] })
  changes!: DryChangeDto[];

  @ApiProperty({ type: [String], description: 'apps that would be stopped at a limit' })
  looping!: string[];

  @ApiProperty({
    type: [String],
    example: ['public.geoCoordinates'],
    description: 'inputs that the apps can do nothing with, as `X-Session-Inputs-Ignored` names them',
  })
  ignored!: string[];

  @ApiProperty({
    type: [String],
    description: 'inputs that are wanting, as `X-Session-Inputs-Missing` names them',
  })
  missing!: string[];
}

export const toDryRunDto = ({ cycle, milliseconds, before, hints }: PlannedSession): DryRunDto => ({
  rounds: cycle.rounds.map(({ kind, calls }, round) => ({
    kind,
    calls: calls.map(({ app, inputs, answer }, call) => ({
      app: app.name,
      inputs: Object.fromEntries(inputs),
      ...(isAnswered(answer) && { outputs: Object.fromEntries(answer) }),
      milliseconds: milliseconds[round]?.[call] ?? 0,
    })),
  })),
  changes: changesOf(before, cycle.values),
  looping: [...cycle.looping],
  ignored: [...hints.ignored],
  missing: [...hints.missing],
});

function changesOf(before: Values, after: Values): DryChangeDto[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differing = names.filter((name) => before.get(name) !== after.get(name));
  return differing.map((name) => ({
    name,
    before: before.get(name) ?? null,
    after: after.get(name) ?? null,
  }));
}
