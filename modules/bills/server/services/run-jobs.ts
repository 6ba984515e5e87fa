import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pdfPages } from '@komplat/documents';
import { assert, DomainError, notFound } from '@komplat/kernel';
import { Database, FileStore } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { BillPrinter, type Printed } from './bill-printer.ts';
import { BillStore } from './bill-store.ts';
import { type Issued, IssueService } from './issue.service.ts';
import { BillMail } from './bill-mail.ts';

interface JobRow {
  readonly job_no: number;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly sha256: string | null;
  readonly period: string;
  readonly kind: 'print' | 'mail';
  readonly run_state: string;
  readonly requested_by: string;
}
/** A PDF of 200 bills with two pages each stays far below. */
const FILE_LIMIT = 200 * 1_048_576;
type Done = Extract<Issued, { outcome: 'done' }>;

/** One job of a mass run: issues its bills, prints them, keeps the file, or sends them; every bill has exactly one outcome. */
@Injectable()
export class RunJobs {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(IssueService) private readonly issuing: IssueService,
    @Inject(BillPrinter) private readonly printer: BillPrinter,
    @Inject(BillStore) private readonly store: BillStore,
    @Inject(BillMail) private readonly mail: BillMail,
  ) {}

  /** Refuses a kind of runs that cannot work: `bills.mail.no-server`. */
  checkReady(kind: JobRow['kind']): void {
    if (kind === 'mail') this.mail.checkServer();
  }

  /** Safe to repeat: a job that is done, or whose run was stopped, is left alone. */
  async work(runId: string, jobNo: number): Promise<void> {
    const job = await this.job(runId, jobNo);
    if (job.state === 'done' || job.run_state !== 'running') return;
    if (job.kind === 'mail') return this.mail.work({ runId, jobNo, month: job.period.slice(0, 7), by: job.requested_by });
    const accounts = await this.accounts(runId, jobNo);
    const issued = await this.issue(runId, accounts, job);
    const done = issued.filter((one): one is Done => one.outcome === 'done');
    try {
      const printed = done.length === 0 ? { pdf: new Uint8Array(), pages: [] } : await this.printer.many(done.map(({ content }) => content));
      await this.finish(runId, jobNo, issued, printed);
    } catch (error) {
      const code = error instanceof DomainError ? error.code : 'documents.pdf.failed';
      await this.fail(runId, jobNo, code);
    }
  }

  /** The PDF of a job. */
  async file(runId: string, jobNo: number): Promise<Readable> {
    const { sha256 } = await this.job(runId, jobNo);
    if (sha256 === null) throw notFound('bills.run.file-missing');
    return this.files.open(sha256);
  }

  /** The pages of one account out of its job: a torn sheet is printed again as it was. */
  async pages(runId: string, account: string): Promise<Uint8Array> {
    const [row] = await this.database.query<{ job_no: number; page_from: number; pages: number; sha256: string }>(
      `select i.job_no, i.page_from, i.pages, j.sha256 from bills.run_item i join bills.run_job j using (run_id, job_no)
       join registry.pub_account_v1 a on a.account_id = i.account_id where i.run_id = $1 and a.number = $2 and i.outcome = 'done'`,
      [runId, account],
    );
    if (!row?.sha256) throw notFound('bills.run.file-missing');
    return pdfPages(await buffer(await this.files.open(row.sha256)), row.page_from, row.pages);
  }

  private async job(runId: string, jobNo: number): Promise<JobRow> {
    const [row] = await this.database.query<JobRow>(
      `select j.job_no, j.state, j.sha256, r.kind, r.period, r.state as run_state, r.requested_by from bills.run_job j join bills.run r on r.id = j.run_id
       where j.run_id = $1 and j.job_no = $2`,
      [runId, jobNo],
    );
    if (!row) throw notFound('bills.run.unknown');
    return row;
  }

  private async accounts(runId: string, jobNo: number): Promise<number[]> {
    const rows = await this.database.query<{ account_id: number }>(
      'select account_id from bills.run_item where run_id = $1 and job_no = $2 order by ordinal',
      [runId, jobNo],
    );
    return rows.map((row) => row.account_id);
  }

  /** All of a job in one transaction; when one bill cannot be made, each is tried alone and only the bad ones fail. */
  private async issue(runId: string, accounts: readonly number[], { period, requested_by: by }: JobRow): Promise<readonly Issued[]> {
    const month = period.slice(0, 7);
    const many = (list: readonly number[]): Promise<readonly Issued[]> =>
      this.database.transaction((tx) => this.issuing.issueMany(tx, list, month, { by, runId }));
    try {
      return await many(accounts);
    } catch (error) {
      if (error instanceof DomainError && error.status === 503) throw error;
    }
    const each: Issued[] = [];
    for (const account of accounts) {
      const failed = (error: unknown): Issued[] => [
        { accountId: account, outcome: 'failed', reason: error instanceof DomainError ? error.code : 'bills.not-made' },
      ];
      each.push(...(await many([account]).catch(failed)));
    }
    return each;
  }

  /** File first, then its row and all outcomes at once. */
  private async finish(runId: string, jobNo: number, issued: readonly Issued[], { pdf, pages }: Printed): Promise<void> {
    const file = await this.files.put(pdf, 'bills-job', 'application/pdf', FILE_LIMIT);
    const done = issued.filter((one): one is Done => one.outcome === 'done');
    const starts = pages.map((_, at) => 1 + pages.slice(0, at).reduce((sum, count) => sum + count, 0));
    const total = pages.reduce((sum, count) => sum + count, 0);
    await this.database.transaction(async (tx) => {
      const taken = await tx.query(
        `update bills.run_job set state = 'done', sha256 = $3, pages = $4, attempts = attempts + 1, error_code = null, finished_at = now()
         where run_id = $1 and job_no = $2 and state <> 'done' returning job_no`,
        [runId, jobNo, file.sha256, total],
      );
      if (taken.length === 0) return; // another try was quicker
      const ids = new Map((await this.store.byCodes(done.map(({ content }) => content.code), tx)).map((row) => [row.account_id, row.id]));
      const rows = await tx.query(
        `update bills.run_item i set outcome = u.outcome, reason_code = u.reason, bill_id = u.bill, page_from = u.start, pages = u.pages,
           finished_at = now()
         from unnest($3::int[], $4::text[], $5::text[], $6::bigint[], $7::smallint[], $8::smallint[]) as u(account, outcome, reason, bill, start, pages)
         where i.run_id = $1 and i.job_no = $2 and i.account_id = u.account and i.outcome in ('not_started', 'failed') returning 1`,
        [
          runId, jobNo, issued.map(({ accountId }) => accountId), issued.map(({ outcome }) => outcome),
          issued.map((one) => (one.outcome === 'done' ? null : one.reason)),
          issued.map((one) => (one.outcome === 'done' ? ids.get(one.accountId) : null)),
          issued.map((one) => (one.outcome === 'done' ? starts[done.indexOf(one)] : null)),
          issued.map((one) => (one.outcome === 'done' ? pages[done.indexOf(one)] : null)),
        ],
      );
      assert(rows.length === issued.length, 'every bill of a job has one outcome');
    });
  }

  private async fail(runId: string, jobNo: number, code: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update bills.run_job set state = 'failed', attempts = attempts + 1, error_code = $3, finished_at = now()
         where run_id = $1 and job_no = $2 and state <> 'done'`,
        [runId, jobNo, code],
      );
      await tx.query(
        `update bills.run_item set outcome = 'failed', reason_code = $3, finished_at = now()
         where run_id = $1 and job_no = $2 and outcome = 'not_started'`,
        [runId, jobNo, code],
      );
    });
  }
}
