import { type Actor, Approvals, Database, type Tx } from '@komplat/server';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { IndexLoad, type IndexAsked, type IndexTableView } from '../../contract/index-load.schema.ts';
import { DEBT_PERMISSIONS } from '../../contract/permissions.ts';
import { type IndexChanges, indexChanges } from '../../domain/index.ts';

export const LOAD_INDEX = 'debt.load-index';

/** What the load would do to the table as it is now. */
async function changesOf(tx: Pick<Tx, 'query'>, { rows }: IndexLoad): Promise<IndexChanges> {
  const known = await tx.query<{ month: string; value: string }>(
    `select to_char(month, 'YYYY-MM') as month, value::text from debt.pub_inflation_index_v1`,
  );
  return indexChanges(new Map(known.map(({ month, value }) => [month, value])), rows);
}

/** Inflation indices are asked for by one person and count after a second one agreed; old versions stay readable. */
@Injectable()
export class IndexLoader {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Checks the load and asks for a second person. Refuses `debt.index.gap`, `.range`, `.twice`, `.nothing-new`. */
  ask(load: IndexLoad, actor: Actor): Promise<IndexAsked> {
    return this.database.transaction(async (tx) => {
      const { added, revised } = await changesOf(tx, load);
      const months = [...added, ...revised].map(({ month }) => month).toSorted();
      const approvalId = await Approvals.request(tx, {
        module: 'debt',
        action: LOAD_INDEX,
        subject: 'inflation-index',
        permission: DEBT_PERMISSIONS.lawTables.id,
        payload: load,
        messageKey: 'debt.approval.load-index.text',
        messageParams: {
          first: months[0] ?? '',
          last: months.at(-1) ?? '',
          added: added.length,
          revised: revised.map(({ month, before, value }) => `${month}: ${before} → ${value}`).join('; ') || '–',
          source: load.source,
        },
        reason: load.reason,
        actor,
      });
      return { approvalId, added: added.length, revised: revised.length };
    });
  }

  /** Versions, newest first, and every month as it is in force. */
  async view(): Promise<IndexTableView> {
    const versions = await this.database.query<IndexTableView['versions'][number]>(
      `select id, to_char(state_of, 'YYYY-MM-DD') as "stateOf", source, reason, recorded_by as "recordedBy"
       from debt.inflation_version order by id desc`,
    );
    const rows = await this.database.query<IndexTableView['rows'][number]>(
      `select to_char(month, 'YYYY-MM') as month, trim_scale(value)::text as value, mark, version_id as version
       from debt.pub_inflation_index_v1 order by 1 desc`,
    );
    return { versions, rows };
  }
}

/** The second person agreed: the changed months become a new version. */
@Injectable()
export class LoadIndex implements ApprovalAction {
  async approved(payload: unknown, { tx, requestedBy }: ApprovalContext): Promise<void> {
    const load = IndexLoad.parse(payload);
    const { added, revised } = await changesOf(tx, load);
    const rows = [...added, ...revised];
    const [version] = await tx.query<{ id: number }>(
      `insert into debt.inflation_version (id, state_of, source, reason, recorded_by)
       select max(id) + 1, $1, $2, $3, $4 from debt.inflation_version returning id`,
      [load.stateOf, load.source, load.reason, requestedBy],
    );
    await tx.query(
      `insert into debt.inflation_index (version_id, month, value, mark)
       select $1, (month || '-01')::date, value::numeric, 'confirmed' from unnest($2::text[], $3::text[]) as load(month, value)`,
      [version?.id ?? null, rows.map(({ month }) => month), rows.map(({ value }) => value)],
    );
  }
}
