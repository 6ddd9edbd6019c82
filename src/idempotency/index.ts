export { IdempotencyModule } from './idempotency.module.js';
export { IdempotencyService } from './idempotency.service.js';
export { Idempotent, isIdempotent } from './idempotent.decorator.js';
export { keepAnswers } from './keep-answers.js';
