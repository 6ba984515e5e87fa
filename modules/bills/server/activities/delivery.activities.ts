import { audit, Database, Progress } from '@komplat/server';
import { activity, beating } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import {
  type BillDeliveryActivities,
  billDeliveryId,
  type BillPdfActivities,
  type DeliveryCommand,
  type DeliverySituation,
} from '../../contract/workflows.ts';
import { RunJobs } from '../services/run-jobs.ts';
import { RunsService } from '../services/runs.service.ts';

const HEARTBEAT_MS = 2_000;

/** Steps of a mass run; each looks at the database first, so it may run twice. */
@Injectable()
export class BillDeliveryActivitiesImpl implements BillDeliveryActivities {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RunsService) private readonly runs: RunsService,
  ) {}

  async deliverySituation(runId: string): Promise<DeliverySituation> {
    return guarded(() => this.runs.situation(runId));
  }

  async recordDeliveryCommand(record: { runId: string; command: DeliveryCommand; by: string; reason: string }): Promise<void> {
    const { runId, command, by, reason } = record;
    const id = billDeliveryId(runId);
    await guarded(() =>
      this.database.transaction(async (tx) => {
        if (command === 'pause') await Progress.pause(tx, id, by, reason);
        if (command === 'resume') {
          await tx.query(
            `update platform.process_progress set state = 'running', pause_reason = null, paused_by = null, updated_at = now() where workflow_id = $1`,
            [id],
          );
        }
        if (command === 'stop') {
          await tx.query(`update bills.run set state = 'stopped', reason = $2 where id = $1 and state = 'running'`, [runId, reason]);
          await tx.query(`update platform.process_progress set state = 'stopped', finished_at = now(), updated_at = now() where workflow_id = $1`, [id]);
        }
        if (command === 'retry-failed') await this.again(tx, runId);
        await Progress.event(tx, id, `bills.run.event.${command}`, {}, { actor: by, reason });
        await audit(tx, { actor: { login: by }, action: `bills.run.${command}`, subject: `bills-run/${runId}`, reason });
      }),
    );
  }

  async haltDelivery(runId: string, code: string): Promise<void> {
    await guarded(() =>
      this.database.transaction(async (tx) => {
        await tx.query(`update bills.run set state = 'halted', reason = $2, finished_at = now() where id = $1 and state = 'running'`, [runId, code]);
        await tx.query(
          `update platform.process_progress set state = 'failed', message_key = $2, updated_at = now() where workflow_id = $1`,
          [billDeliveryId(runId), `error.${code}`],
        );
        await Progress.event(tx, billDeliveryId(runId), `error.${code}`);
      }),
    );
  }

  /** Jobs that failed as a whole wait again; bills that failed alone need a run of their own. */
  private async again(tx: { query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]> }, runId: string): Promise<void> {
    await tx.query(`update bills.run_job set state = 'waiting', error_code = null where run_id = $1 and state = 'failed'`, [runId]);
    await tx.query(
      `update bills.run_item i set outcome = 'not_started', reason_code = null, finished_at = null from bills.run_job j
       where i.run_id = $1 and j.run_id = i.run_id and j.job_no = i.job_no and j.state = 'waiting' and i.outcome = 'failed'`,
      [runId],
    );
    await tx.query(`update bills.run set state = 'running', finished_at = null where id = $1 and state = 'halted'`, [runId]);
  }
}

/** The renderer is scarce: its queue runs two at a time. */
@Injectable()
export class BillPdfActivitiesImpl implements BillPdfActivities {
  constructor(@Inject(RunJobs) private readonly jobs: RunJobs) {}

  async printBillJob(runId: string, jobNo: number): Promise<void> {
    await guarded(() => this.jobs.work(runId, jobNo));
  }
}

/** A long step says that it lives; a refusal ends it for good. */
const guarded = <R>(work: () => Promise<R>): Promise<R> => beating(HEARTBEAT_MS, () => activity(work));
