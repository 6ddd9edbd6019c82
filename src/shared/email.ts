/** How an e-mail is stored and looked up as a login: one spelling, whatever was typed. */
export const loginEmail = (typed: string): string => typed.trim().toLowerCase();
