import { hrefOf } from '../app/route.ts';
import { useApi } from '../app/signed-in.ts';
import { useLoad } from '../app/use-load.ts';
import type { LegalEntity } from '../api/types.ts';

/** Names a legal entity, and leads to it. Without the scope to read it, or once it is removed, its id is all there is. */
export function CompanyLink({ id, name }: { readonly id: string; readonly name?: string | undefined }) {
  const api = useApi();
  if (!api.holds('customermanagement.legalentity_read')) return <>{name ?? id}</>;
  return <a href={hrefOf(['companies', id])}>{name ?? <NameOf id={id} />}</a>;
}

function NameOf({ id }: { readonly id: string }) {
  const api = useApi();
  const one = useLoad(`company ${id}`, () =>
    api.shop<LegalEntity>('GET', 'customer-management', `/legal-entities/${encodeURIComponent(id)}`),
  );
  return <>{one.data?.name ?? id}</>;
}
