import { AuditRepository } from '../../audit/audit.repository.js';
import { anonymised } from '../../audit/audit.rules.js';
import type { AuditLine, AuditPage, AuditQuery } from '../../audit/audit.types.js';
import { firstIdAt } from '../../audit/line-id.rules.js';
import type { MongoLink } from './link/mongo-link.js';
import { type Filter, idOf, op, type Row, Rows } from './rows/rows.js';

type AuditRow = Row & AuditLine;

/** Lines that are anonymised at once. */
const REWRITTEN = 200;

/** Sorts behind the slash that follows a tenant in `_id`, and before all that can follow it in a longer name. */
const END = '0';

export class MongoAuditRepository extends AuditRepository {
  private readonly rows: Rows<AuditRow>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<AuditRow>(link, 'audit');
  }

  override async append(lines: readonly AuditLine[]): Promise<void> {
    await Promise.all(lines.map((line) => this.rows.insert({ _id: idOf(line.tenant, line.id), ...line })));
  }

  /** `_id` sorts by time, and each index ends in it. */
  override async list(tenant: string, query: AuditQuery): Promise<AuditPage> {
    const { limit } = query;
    const found = await this.rows.list(filterOf(tenant, query), { sort: { _id: -1 }, limit: limit + 1 });
    const lines = found.slice(0, limit).map(lineOf);
    const last = lines.at(-1);
    return { lines, ...(found.length > limit && last && { next: last.id }) };
  }

  override async anonymise(tenant: string, ids: readonly string[]): Promise<number> {
    const wanted = new Set(ids);
    const changed = new Set<string>();
    for (const path of ['actor.id', 'target.id']) {
      for (const id of wanted) {
        for (;;) {
          const rows = await this.rows.list(
            { _id: op(ofTenant(tenant)), [path]: id },
            { sort: { _id: -1 }, limit: REWRITTEN },
          );
          await Promise.all(
            rows.map((row) =>
              this.rows.replace({ _id: row._id }, { ...row, ...anonymised(lineOf(row), wanted) }),
            ),
          );
          for (const row of rows) changed.add(row._id);
          if (rows.length < REWRITTEN) break;
        }
      }
    }
    return changed.size;
  }
}

const lineOf = ({ _id, ...line }: AuditRow): AuditLine => line;

const ofTenant = (tenant: string): object => ({ $gte: `${tenant}/`, $lt: `${tenant}${END}` });

function filterOf(tenant: string, { actor, action, target, result, from, to, before }: AuditQuery): Filter {
  const upper = [before, to && firstIdAt(to)].filter((bound) => bound !== undefined).toSorted()[0];
  const range = {
    $gte: idOf(tenant, from ? firstIdAt(from) : ''),
    $lt: upper === undefined ? `${tenant}${END}` : idOf(tenant, upper),
  };
  return {
    _id: op(range),
    ...(actor !== undefined && { 'actor.id': actor }),
    ...(action !== undefined && { action }),
    ...(target !== undefined && { 'target.id': target }),
    ...(result !== undefined && { result }),
  };
}
