import { z } from 'zod';
import type { Service } from '../api/service.js';
import { failed, type Finding, ok, warning } from './check.js';

const signingKeys = z.object({
  items: z.array(
    z.looseObject({ kid: z.string(), signs: z.boolean(), secret: z.enum(['first', 'earlier', 'none']) }),
  ),
});

/** Whether the signing keys are encrypted as they should be. */
export async function checkKeys(operator: Service): Promise<Finding> {
  const { items } = signingKeys.parse(await operator.get('/admin/signing-keys'));
  const unreadable = items.filter(({ secret }) => secret === 'none').map(({ kid }) => kid);
  if (unreadable.length > 0) {
    return failed(
      'keys',
      `no secret of KEYS_SECRET opens ${unreadable.join(', ')}`,
      'Add the secret that does to the list, or drop these keys: onesession keys drop',
    );
  }
  const earlier = items.filter(({ secret }) => secret === 'earlier').length;
  if (earlier === 0) return ok('keys', `${items.length} signing keys, encrypted with the first secret`);
  return warning(
    'keys',
    `${earlier} of ${items.length} signing keys are encrypted with an earlier secret`,
    'onesession secrets rotate, and then take the earlier secrets out of KEYS_SECRET',
  );
}
