import type { Customer } from '../customer/index.js';

/** What a tenant says about an account, in words that leave nothing out. Either of them may block it. */
export const standingOf = ({ inactive, onHold }: Pick<Customer, 'inactive' | 'onHold'>) => ({
  active: inactive !== true,
  onHold: onHold === true,
});
