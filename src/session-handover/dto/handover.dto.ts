import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

export class HandoverLinkDto {
  @ApiProperty({
    example: 'https://sessions.example/handover/acme#handover=eyJ…',
    description:
      'The link, to be shown as a QR code or sent to the shopper. The token is in the fragment, which browsers send to ' +
      'no server. Do not log it.',
  })
  url!: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-01-15T12:10:00.000Z',
    description: 'Until then, the link works once.',
  })
  expiresAt!: string;
}

export class HandoverTokenDto {
  @ApiProperty({ description: 'What follows `#handover=` in the link.' })
  @IsString()
  @MaxLength(2048)
  token!: string;
}

export class HandoverRedeemDto extends HandoverTokenDto {
  @ApiProperty({ example: 'acme-storefront', description: 'The storefront client that the tokens are for.' })
  @IsString()
  @MaxLength(200)
  client_id!: string;
}

export class HandoverPreviewDto {
  @ApiProperty({
    example: 'shop.example',
    description: 'Host of the shop, or the name of the tenant if it has not declared one.',
  })
  shop!: string;

  @ApiPropertyOptional({ example: 'main', description: 'Code of the site, once there is a context.' })
  siteCode?: string;

  @ApiProperty({ example: 2, description: 'Number of lines in the cart.' })
  items!: number;

  @ApiProperty({ format: 'date-time', description: 'Until then, the link works once.' })
  expiresAt!: string;
}

export class HandoverOpenedDto {
  @ApiPropertyOptional({
    format: 'uri',
    example: 'https://shop.example/',
    description: 'Where to continue. Absent if the tenant has not declared a shop.',
  })
  shopUrl?: string;
}
