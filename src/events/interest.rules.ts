/** Returns until when each tenant has an interest; undefined where one has no end. */
export function latestByTenant(
  interests: Iterable<{ readonly tenant: string; readonly until: Date | undefined }>,
): ReadonlyMap<string, Date | undefined> {
  const latest = new Map<string, Date | undefined>();
  for (const { tenant, until } of interests) {
    const known = latest.get(tenant);
    const isLater = !latest.has(tenant) || (known && (!until || until > known));
    if (isLater) latest.set(tenant, until);
  }
  return latest;
}
