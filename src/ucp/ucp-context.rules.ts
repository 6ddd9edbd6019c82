import type { AgentValues } from '../session/lifecycle/agent-session.rules.js';
import type { Session, SessionContext } from '../session/session.types.js';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.js';
import type { Place, WantedCart } from './ucp.types.js';

/** Read by the apps of the VTEX dialect as `public.postalCode`: regions and campaigns follow it. */
const POSTAL_CODE = 'postalCode';

/** What an agent says that has no place of its own in a session. */
const REST = 'ucp';

/** Campaign parameters, which the apps of the VTEX dialect read as `public.utm_campaign` and so on. */
const UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;

/** What a session takes over from a cart as an agent wants it. Parts that the agent leaves out stay. */
export function agentValues(place: Place | undefined, { context, attribution }: WantedCart): AgentValues {
  const entries: [string, Json][] = [];
  if (context) {
    const { postalCode, region, intent, eligibility } = context;
    const rest = {
      ...(region !== undefined && { region }),
      ...(intent !== undefined && { intent }),
      ...(eligibility !== undefined && { eligibility }),
    };
    entries.push([POSTAL_CODE, postalCode ?? null]);
    entries.push([REST, Object.keys(rest).length > 0 ? rest : null]);
  }
  if (attribution) entries.push(...UTM.map((name): [string, Json] => [name, attribution[name] ?? null]));
  return { context: place ? valuesOf(place) : {}, attributes: new Map(entries) };
}

const valuesOf = ({ siteCode, currency, country, language }: Place) => ({
  siteCode,
  currency,
  targetLocation: country,
  language,
});

export const placeOf = ({ siteCode, currency, targetLocation, language }: SessionContext): Place => ({
  siteCode: siteCode.value,
  currency: currency.value,
  country: targetLocation.value,
  language: language.value,
});

/** The context as an agent reads it. */
export function contextOf({ context }: Pick<Session, 'context'>): JsonObject {
  if (!context) return {};
  const { country, language, currency } = placeOf(context);
  const postalCode = context.attributes.get(POSTAL_CODE)?.value;
  const rest = context.attributes.get(REST)?.value ?? null;
  const { region, intent, eligibility } = isJsonObject(rest) ? rest : {};
  return {
    address_country: country,
    ...(typeof region === 'string' && { address_region: region }),
    ...(typeof postalCode === 'string' && { postal_code: postalCode }),
    language,
    currency,
    ...(typeof intent === 'string' && { intent }),
    ...(Array.isArray(eligibility) && { eligibility: [...eligibility] }),
  };
}
