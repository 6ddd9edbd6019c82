import { isLanguage } from '../../shared/iso/codes.js';
import { readCountry } from '../../shared/iso/countries.js';
import { isPostalCode, parseCoordinates, regionsOf } from '../../vtex-settings/index.js';
import type { Region } from '../../vtex-settings/vtex-settings.types.js';
import { impersonationTroubles } from '../impersonation/impersonation.rules.js';
import type { AppContext, Values } from '../values/app.types.js';

/** Names of parameters, for the headers of a response to a change. */
export interface InputHints {
  /** Inputs that no app can use. */
  readonly ignored: readonly string[];
  readonly missing: readonly string[];
}

interface Facts {
  /** Values after the cycle. */
  readonly values: Values;
  readonly regions: readonly Region[];
  /** Without a context, `public.sc` decides the channel. With one, it does so only for the request that sends it. */
  readonly hasContext: boolean;
}

const IS_USED: Readonly<Record<string, (value: string, facts: Facts) => boolean>> = {
  'public.cultureInfo': isLanguage,
  'public.locale': isLanguage,
  'public.admin_cultureInfo': isLanguage,
  'public.sc': (code, { values, hasContext }) => hasContext || values.get('store.channel') === code,
  'public.country': (text) => readCountry(text) !== undefined,
  'public.postalCode': isPostalCode,
  'public.geoCoordinates': (text, { values }) =>
    parseCoordinates(text) !== undefined && Boolean(values.get('public.country')),
  'public.regionId': (id, { regions, values }) =>
    regionsOf(regions, values.get('store.channel')).some((region) => region.id === id),
  'public.storeUserEmail': (text) => /^[^@\s]+@[^@\s]+$/.test(text.trim()),
};

/**
 * Finds inputs that the built-in apps can't use, such as invalid coordinates. They stay in the session as they were
 * sent, and the response names them, so that developers see why they have no effect (F-55).
 */
export function inputHints(about: Omit<AppContext, 'signal'>, values: Values): InputHints {
  const { session, settings, admin } = about;
  const facts = { values, regions: settings.regions, hasContext: session.context !== undefined };
  const ignored = Object.entries(IS_USED).flatMap(([name, isUsed]) => {
    const value = values.get(name);
    return !value || isUsed(value, facts) ? [] : [name];
  });
  if (!settings.impersonateInstalled) return { ignored, missing: [] };
  const troubles = impersonationTroubles(about, values, admin);
  return { ignored: [...ignored, ...troubles.ignored], missing: troubles.missing };
}
