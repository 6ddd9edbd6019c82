import { Injectable } from '@nestjs/common';
import { OpenCarts } from '../../session-context/index.js';
import { CartRepository } from '../cart.repository.js';
import { CartAccessService } from './cart-access.service.js';

@Injectable()
export class UsableCarts extends OpenCarts {
  constructor(
    private readonly carts: CartRepository,
    private readonly access: CartAccessService,
  ) {
    super();
  }

  async isOpen(tenant: string, cartId: string): Promise<boolean> {
    const cart = await this.carts.find(tenant, cartId);
    return cart?.status === 'OPEN' && (await this.access.ownerLives(cart));
  }
}
