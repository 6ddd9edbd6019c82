import { Injectable } from '@nestjs/common';
import type { Customer } from '../../../customer/index.js';
import { deriveContext } from '../../../session/index.js';
import { languageTag } from '../../../shared/iso/codes.js';
import { alpha3Of } from '../../../shared/iso/countries.js';
import { policyOf, requestedPolicy, type TradePolicy } from '../../../vtex-settings/index.js';
import type { AppContext, Outputs, Refusal, Values } from '../../values/app.types.js';
import { commerceValues, cultureOf, symbolOf } from '../../values/session-values.rules.js';
import { BuiltInApp, outputsOf } from './built-in-app.js';

type Commerce = ReturnType<typeof commerceValues>;

/**
 * Writes the shopper's trade policy with its country, culture and currency (M-30 to M-36). Once there is a cart, the
 * values of its context stay (D-13), unless this request asks for others, or the session now belongs to somebody else
 * who may not use them (F-51).
 */
@Injectable()
export class StoreApp extends BuiltInApp {
  constructor() {
    super('store');
  }

  async run(inputs: Values, about: AppContext): Promise<Outputs | Refusal> {
    const email = inputs.get('profile.email');
    const customer = email ? await about.customers.findByLogin(email) : undefined;
    const groups = customer?.groups ?? [];
    const code = decides('public.sc', about) ? inputs.get('public.sc') : undefined;
    const requested = code ? requestedPolicy(about.basis.sites, { groups }, code) : undefined;
    if (code && !requested && about.asked.has('public.sc')) return refusal(code, inputs);
    const isForbidden = isSomebodyElse(email, about) && !mayStay(groups, about);
    const commerce = requested ? ofRequested(requested, about) : ofShopper(customer, about, isForbidden);
    return written(commerce, askedCulture(inputs, about));
  }
}

/** A value that an earlier request set has effect only until there is a context. */
const decides = (parameter: string, { session, asked }: AppContext): boolean =>
  session.context === undefined || asked.has(parameter);

const refusal = (code: string, inputs: Values): Refusal => ({
  refused: inputs.get('profile.isAuthenticated') === 'true' ? 'forbidden' : 'unauthenticated',
  message: `public.sc: the trade policy '${code}' is not one of this shopper's: choose another one`,
});

/** A policy other than the session's own brings its own values. */
function ofRequested(policy: TradePolicy, { session, basis }: AppContext): Commerce {
  const current = commerceValues(session, basis);
  return current.siteCode.value === policy.code ? current : deriveContext(policy, {});
}

/**
 * Tells whether somebody logged out or was replaced. A guest who logs in does not count: guests have no special
 * rights.
 */
function isSomebodyElse(email: string | undefined, { session }: AppContext): boolean {
  const before = session.vtex?.computed.get('profile.email')?.value;
  return before !== undefined && before !== email;
}

function mayStay(groups: readonly string[], { session, basis }: AppContext): boolean {
  const code = session.context?.siteCode.value;
  return code !== undefined && requestedPolicy(basis.sites, { groups }, code) !== undefined;
}

function ofShopper(
  customer: Customer | undefined,
  { session, basis }: AppContext,
  isForbidden: boolean,
): Commerce {
  if (session.context && !isForbidden) return commerceValues(session, basis);
  const preferredSite = customer?.preferredSite ?? basis.derived.siteCode.value;
  const policy = policyOf(basis.sites, { groups: customer?.groups ?? [], preferredSite });
  if (!policy) return basis.derived;
  const own = !customer && policy.code === basis.derived.siteCode.value;
  const derived = own ? basis.derived : deriveContext(policy, customer ? session.asked : {}, customer);
  return { ...derived, siteCode: { ...derived.siteCode, value: policy.code } };
}

/** `cultureInfo` takes precedence over `locale` (D-17). @returns undefined when neither is a valid language tag */
function askedCulture(inputs: Values, about: AppContext): string | undefined {
  if (!decides('public.cultureInfo', about) && !about.asked.has('public.locale')) return undefined;
  return (
    languageTag(inputs.get('public.cultureInfo') ?? '') ?? languageTag(inputs.get('public.locale') ?? '')
  );
}

const written = ({ siteCode, currency, targetLocation, language }: Commerce, culture?: string): Outputs =>
  outputsOf({
    'store.channel': siteCode.value,
    'store.countryCode': alpha3Of(targetLocation.value),
    'store.cultureInfo': culture ?? cultureOf(language, targetLocation.value),
    'store.currencyCode': currency.value,
    'store.currencySymbol': symbolOf(currency.value),
  });
