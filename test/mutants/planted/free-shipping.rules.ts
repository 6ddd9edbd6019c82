/** A rule for `npm run test:mutants:check` alone: its tests miss mutants on purpose. */
const CURRENCY = 'EUR';

export const isFree = (amount: number, currency: string): boolean => currency === CURRENCY && amount >= 50;

export const total = (amounts: readonly number[]): number => amounts.reduce((sum, one) => sum + one, 0);

export const untested = (amount: number): boolean => !isFree(amount, CURRENCY);
