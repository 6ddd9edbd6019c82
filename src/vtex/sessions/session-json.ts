import type { VtexCaller } from '../caller/vtex-caller.js';
import { shownValues } from '../values/session-values.rules.js';
import { askedItems, shownItems } from './items.rules.js';
import type { SessionDto } from './session.dto.js';
import type { ReadSession } from './vtex-session.service.js';

type Asking = Pick<VtexCaller, 'isPrivate' | 'settings'>;

interface LastAnswer {
  readonly basis: ReadSession['basis'];
  readonly items: unknown;
  readonly isPrivate: boolean;
  readonly hides: boolean;
  /** As bytes: a text with `€` would be encoded at each answer, and kept with two bytes for each character. */
  readonly body: Buffer;
}

/**
 * Makes the body of the answer to a read. The last one is kept with a session that the store keeps and shares, frozen, because
 * the pages of a shop ask for the same items again and again.
 * @throws InvalidInput - the items name nothing
 */
export function sessionJson({ session, basis }: ReadSession, items: unknown, caller: Asking): Buffer {
  const { isPrivate, settings } = caller;
  const hides = settings.hidesPhoneAndDocument === true;
  const last = lastAnswers.get(session);
  const isSame =
    last?.basis === basis && last.items === items && last.isPrivate === isPrivate && last.hides === hides;
  if (last && isSame) return last.body;
  const answer: SessionDto = {
    id: session.sessionId,
    version: session.revision,
    namespaces: shownItems(shownValues(session, basis), askedItems(items), caller),
    active: true,
    debug: false,
  };
  const body = Buffer.from(JSON.stringify(answer));
  if (Object.isFrozen(session)) lastAnswers.set(session, { basis, items, isPrivate, hides, body });
  return body;
}

const lastAnswers = new WeakMap<ReadSession['session'], LastAnswer>();
