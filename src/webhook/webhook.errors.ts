import { Conflict, DomainError } from '../shared/domain-error.js';

/** The tenant has no such webhook. */
export class WebhookNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(id: string) {
    super(`Webhook '${id}' not found`);
  }
}

/** The tenant has no such delivery, or it is no longer kept. */
export class DeliveryNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(id: string) {
    super(`Delivery '${id}' not found`);
  }
}

/** A delivered event is not kept, so it can't be sent again. */
export class AlreadyDelivered extends Conflict {
  constructor(id: string) {
    super(`Delivery '${id}' is already delivered; only others can be retried`);
  }
}
