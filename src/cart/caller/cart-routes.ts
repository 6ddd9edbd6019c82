import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../auth/index.js';

/** What all routes on carts have in common, but the search: a backend can say whose session it calls for. */
export const CartRoutes = (tag: 'Carts' | 'Cart items' | 'Cart discounts'): ClassDecorator =>
  applyDecorators(
    ApiTags(tag),
    ApiHeader({
      name: 'session-id',
      required: false,
      description: 'the anonymous session that a backend calls for',
    }),
    Authenticated('anonymous', 'customer', 'scope:cart.cart_manage'),
  );
