import { Body, Controller, Get, Header, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authenticated, Caller, formatScope, type Principal } from '../auth/index.js';
import { BrowserCookies, CustomerService, loginSubject } from '../customer/index.js';
import { Refused } from '../http/errors/refusals.js';
import { RateLimited, WritesNothing } from '../rate-limit/index.js';
import { CurrentShopper, type Shopper } from '../session/index.js';
import { Clock, secondsUntil } from '../shared/clock.js';
import { CustomerLoginService } from './customer-login.service.js';
import {
  CustomerLoginDto,
  CustomerRefreshQueryDto,
  CustomerTokenDto,
  ExchangedTokenDto,
  ExchangeQueryDto,
  LogoutQueryDto,
  RefreshedCustomerTokenDto,
  toCustomerTokenDto,
  toExchangedTokenDto,
  toRefreshedCustomerTokenDto,
  ValidTokenDto,
} from './dto/customer-token.dto.js';
import { deviceOf } from './own-sessions/device-name.js';
import { TokenExchangeService } from './token-exchange.service.js';

@ApiTags('Login')
@Controller('customer/:tenant')
export class CustomerLoginController {
  constructor(
    private readonly logins: CustomerLoginService,
    private readonly exchanges: TokenExchangeService,
    private readonly customers: CustomerService,
    private readonly cookies: BrowserCookies,
    private readonly clock: Clock,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Authenticated('anonymous')
  @WritesNothing()
  @RateLimited('login', loginSubject)
  @ApiOperation({
    summary: 'Log a customer in',
    description:
      'The anonymous session becomes the customer’s: it keeps its id and context, and its earlier tokens stop ' +
      'working. The tenant setting `cartAtLogin` decides what happens to its cart if the customer already has ' +
      'one. After five wrong passwords from one address, each further attempt has to wait longer.',
  })
  @ApiResponse({ status: 200, type: CustomerTokenDto })
  async logIn(
    @CurrentShopper() me: Shopper,
    @Body() { email, password }: CustomerLoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CustomerTokenDto> {
    const { tokens, saasToken, initialPassword } = await this.logins.logIn(
      me,
      email,
      password,
      deviceOf(request),
    );
    await this.cookies.renew(request, reply, me);
    return toCustomerTokenDto(tokens, saasToken, initialPassword);
  }

  @Post('exchangeauthtoken')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Authenticated('anonymous')
  @ApiOperation({
    summary: 'Log a customer in with the token of an outside identity provider',
    description:
      'Creates the customer at the first login. The token must say that the e-mail address is verified. If nobody ' +
      'has yet proved that the address is theirs, the account’s password is removed and its sessions end. 409: until ' +
      'recently another account logged in with this address, and its owner can still undo the change.',
  })
  @ApiResponse({ status: 200, type: ExchangedTokenDto })
  @Refused(409)
  async exchange(
    @CurrentShopper() me: Shopper,
    @Query() { subjectAccessToken, config }: ExchangeQueryDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExchangedTokenDto> {
    const login = await this.exchanges.exchange(me, subjectAccessToken, {
      config,
      device: deviceOf(request),
    });
    await this.cookies.renew(request, reply, me);
    return toExchangedTokenDto(subjectAccessToken, login);
  }

  @Get('logout')
  @HttpCode(204)
  @Authenticated('customer')
  @ApiOperation({
    summary: 'Log the customer out',
    description:
      'Ends the session with all its tokens and its context, at once and on every instance. Name the access ' +
      'token in the query as well; it must belong to the same session as the bearer token. Sessions on other ' +
      'devices continue. To keep shopping, begin a new anonymous session.',
  })
  @ApiResponse({ status: 204 })
  logOut(@CurrentShopper() me: Shopper, @Query() { accessToken }: LogoutQueryDto): Promise<void> {
    return this.logins.logOut(me, accessToken);
  }

  @Get('refreshauthtoken')
  @Header('cache-control', 'no-store')
  @Authenticated('unexpired-shopper')
  @ApiOperation({
    summary: 'Renew a customer’s tokens',
    description:
      'The bearer token may be any unexpired anonymous token of the storefront, or the customer’s own access ' +
      'token. The refresh token is replaced. For `REFRESH_GRACE_SECONDS` the old one still gets the same new ' +
      'one; using it later ends the session. `legalEntityId` is the legal entity to act for from now on: 403 if ' +
      'the customer is not assigned to it, unless the tenant has no legal entities at all. The context then names ' +
      'the open cart of that legal entity, if there is one.',
  })
  @ApiResponse({ status: 200, type: RefreshedCustomerTokenDto })
  async refresh(
    @Caller() bearer: Principal,
    @Query() { refreshToken, legalEntityId }: CustomerRefreshQueryDto,
  ): Promise<RefreshedCustomerTokenDto> {
    return toRefreshedCustomerTokenDto(await this.logins.refresh(bearer, refreshToken, legalEntityId));
  }

  @Get('validateauthtoken')
  @Header('cache-control', 'no-store')
  @Authenticated('anonymous', 'customer')
  @ApiOperation({
    summary: 'Check whether a token is valid and whose it is',
    description:
      'Checks the bearer token of this request. Returns the remaining seconds, the scopes and the ' +
      'session, and the e-mail address of a customer. A token that has expired, or whose session has ended, is 401.',
  })
  @ApiResponse({ status: 200, type: ValidTokenDto })
  async validate(@CurrentShopper() me: Shopper): Promise<ValidTokenDto> {
    const { session, tenant, customerId } = me;
    const customer = customerId === undefined ? undefined : await this.customers.find(tenant, customerId);
    return {
      token_type: 'Bearer',
      expires_in: secondsUntil(me.expiresAt, this.clock.now()) - 1,
      scope: formatScope(tenant, me.scopes),
      sessionId: session.sessionId,
      ...(customer && { email: customer.email }),
      ...(session.legalEntityId !== undefined && { legalEntityId: session.legalEntityId }),
    };
  }
}
