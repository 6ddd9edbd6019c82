/** `^[a-z][a-z0-9]+$`, 3 to 16 characters (behaviour W-41). */
export const TENANT_PATTERN = /^[a-z][a-z0-9]{2,15}$/;

export function isTenantName(name: unknown): name is string {
  return typeof name === 'string' && TENANT_PATTERN.test(name);
}
