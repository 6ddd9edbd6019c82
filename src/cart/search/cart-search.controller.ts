import { Body, Controller, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { PAGE_CUT, PageWriter } from '../../http/query/page.js';
import { PageQueryDto } from '../../http/query/paging.js';
import { Projected } from '../../http/query/projection.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../../http/query/total-count.js';
import { WritesNothing } from '../../rate-limit/index.js';
import { CurrentCaller } from '../caller/cart-caller.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartDto, toCartDto } from '../dto/cart-response.dto.js';
import { SearchDto } from './cart-search.dto.js';
import { CartSearchService } from './cart-search.service.js';

@ApiTags('Carts')
@Authenticated('anonymous', 'customer', 'scope:cart.cart_manage')
@Controller('cart/:tenant/carts/search')
export class CartSearchController {
  constructor(
    private readonly carts: CartSearchService,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @WritesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Search carts',
    description:
      'A shopper finds their own open carts. A backend finds all carts of the tenant, open and closed, ' +
      'except those that are `sessionValidated`. Carts whose anonymous session has ended are omitted, but ' +
      'still count towards the total. By default the most recently changed come first, 60 per page.',
  })
  @ApiBody({ type: SearchDto, required: false })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [CartDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  @Refused(400, 401, 403, 413, 415, 503)
  async search(
    @CurrentCaller() caller: CartCaller,
    @Body() { q }: SearchDto,
    @Query() query: PageQueryDto,
    @WantsTotal() withTotal: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CartDto[]> {
    const found = await this.carts.search(caller, { ...query, q }, withTotal, this.pages.maxBytes);
    tellTotal(reply, found.page.total);
    return this.pages.write(reply, found.page, (cart) => cart && toCartDto(found.count(cart)));
  }
}
