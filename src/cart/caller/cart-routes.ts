import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../auth/index.js';

/** What all cart routes except the search have in common: a backend can say which session it acts for. */
export const CartRoutes = (tag: 'Carts' | 'Cart items' | 'Cart discounts'): ClassDecorator =>
  applyDecorators(
    ApiTags(tag),
    ApiHeader({
      name: 'session-id',
      required: false,
      description: 'Id of the anonymous session that a backend acts for.',
    }),
    Authenticated('anonymous', 'customer', 'scope:cart.cart_manage'),
  );
