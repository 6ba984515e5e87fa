import { DomainError } from '@komplat/kernel';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { PackSnapshot } from '../../contract/pack.schema.ts';
import { PACKS, type Packs } from '../services/ports.ts';
import { PROCESS, runOf } from './claim-run.ts';

interface WaitingRow {
  readonly id: string;
  readonly sha256: string;
  readonly pack_id: string | null;
  readonly approved_by: string | null;
}
const [BATCH, SIDE_BY_SIDE] = [16, 2];

/** Packs are drawn from frozen snapshots, and signed after the approval. Every step may run twice. */
@Injectable()
export class ClaimPacker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PACKS) private readonly packs: Packs,
  ) {}

  /** One batch of frozen items. A pack that nobody waits for any more is withdrawn. */
  async pack(runId: string): Promise<void> {
    const run = await runOf(this.database, runId);
    await this.each(await this.waiting(runId, 'frozen'), async ({ id, sha256 }) => {
      const [frozen] = await this.database.query<{ body: unknown }>(
        'select body from legal.claim_snapshot where item_id = $1 and sha256 = $2 order by ordinal desc limit 1',
        [id, sha256],
      );
      const { packId } = await this.packs.issue(PackSnapshot.parse(frozen?.body), run.created_by);
      await this.database.transaction(async (tx) => {
        const taken = await tx.query(
          `update legal.claim_item set outcome = 'packed', pack_id = $3, changed_by = $4, changed_at = now()
           where id = $1 and outcome = 'frozen' and snapshot_sha256 = $2 returning id`,
          [id, sha256, packId, PROCESS],
        );
        const kept = taken.length > 0 ? taken : await tx.query('select 1 from legal.claim_item where pack_id = $1', [packId]);
        if (kept.length === 0) await this.packs.withdraw(tx, packId, 'legal.claim.changed', PROCESS);
      });
    });
  }

  /** One batch of approved items: the signature stands beside every file of the pack. */
  async sign(runId: string): Promise<void> {
    await this.each(await this.waiting(runId, 'approved'), async ({ id, pack_id: pack, approved_by: by }) => {
      await this.packs.sign(pack ?? '', by ?? PROCESS);
      await this.database.query(
        `update legal.claim_item set outcome = 'signed', changed_by = $2, changed_at = now() where id = $1 and outcome = 'approved' and pack_id = $3`,
        [id, PROCESS, pack],
      );
    });
  }

  private waiting(runId: string, outcome: 'frozen' | 'approved'): Promise<WaitingRow[]> {
    return this.database.query<WaitingRow>(
      `select i.id, i.snapshot_sha256 as sha256, i.pack_id, a.decided_by as approved_by from legal.claim_item i
       left join platform.approval a on a.id = i.approval_id
       where i.run_id = $1 and i.outcome = $2 order by i.ordinal limit ${BATCH}`,
      [runId, outcome],
    );
  }

  /** A few at a time; an item whose rule refuses is failed with the sentence, the others go on. */
  private async each(rows: readonly WaitingRow[], work: (row: WaitingRow) => Promise<void>): Promise<void> {
    const queue = [...rows];
    const take = async (): Promise<void> => {
      for (let row = queue.shift(); row !== undefined; row = queue.shift()) await this.guarded(row, work);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, take));
  }

  private async guarded(row: WaitingRow, work: (row: WaitingRow) => Promise<void>): Promise<void> {
    try {
      await work(row);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 503) throw error;
      await this.database.query(
        `update legal.claim_item set outcome = 'failed', reason_code = 'refused', reason_params = $2, changed_by = $3, changed_at = now()
         where id = $1 and outcome in ('frozen', 'approved')`,
        [row.id, JSON.stringify({ error: error.code, ...error.params }), PROCESS],
      );
    }
  }
}
