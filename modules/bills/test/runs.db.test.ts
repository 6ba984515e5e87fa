import 'reflect-metadata';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { pdfPageCount } from '@komplat/documents';
import { systemActor } from '@komplat/server';
import type { RunDetail } from '../contract/run.schema.ts';
import { BillPrinter } from '../server/services/bill-printer.ts';
import { RunJobs } from '../server/services/run-jobs.ts';
import { RunsService } from '../server/services/runs.service.ts';
import { type BillCity, billCity } from './city.ts';

jest.setTimeout(240_000);
const MONTH = '2026-10';
const actor = systemActor('test');
let city: BillCity;
let runs: RunsService;
let jobs: RunJobs;

beforeAll(async () => {
  city = await billCity({ accounts: 90, months: 2 });
  runs = city.app.get(RunsService);
  jobs = city.app.get(RunJobs);
});
afterAll(() => city.close());

const request = (change = {}) => ({ kind: 'print' as const, month: MONTH, jobSize: 20, batchSize: 40, ...change });
const sumOf = ({ counts }: RunDetail): number => counts.done + counts.failed + counts.notStarted + counts.skipped;

/** What the process does, without it. */
async function work(id: string, most = 100): Promise<void> {
  for (let turn = 0; turn < most; turn += 1) {
    const { jobs: next, ended } = await runs.situation(id);
    if (ended) return;
    const [first] = next;
    if (first !== undefined) await jobs.work(id, first);
  }
}

describe('a mass run', () => {
  let id = '';
  it('is planned whole, in postal order, before any work', async () => {
    const run = await runs.plan(request(), actor);
    id = run.id;
    expect([run.planned, run.counts.notStarted, sumOf(run)]).toEqual([90, 90, 90]);
    const items = await city.database.owner.query<{ postcode: string; street: string; house: number; job_no: number; batch_no: number; house_id: number }>(
      `select d.postcode, d.street, substring(d.house from '^[0-9]+')::int as house, d.house_id, i.job_no, j.batch_no from bills.run_item i
       join bills.run_job j using (run_id, job_no) join registry.account a on a.id = i.account_id
       join registry.pub_address_v1 d on d.premises_id = a.premises_id where i.run_id = $1 order by i.ordinal`,
      [id],
    );
    const postcodes = items.map(({ postcode }) => postcode);
    expect(postcodes).toEqual(postcodes.toSorted());
    expect(items.map(({ job_no: job }) => job)).toEqual(items.map(({ job_no: job }) => job).toSorted((a, b) => a - b));
    for (const [at, item] of items.entries()) {
      const before = items[at - 1];
      if (before?.street === item.street) expect(before.house).toBeLessThanOrEqual(item.house);
    }
    const pairs = new Set(items.map(({ house_id: house, batch_no: batch }) => `${house}/${batch}`));
    expect(pairs.size).toBe(new Set(items.map(({ house_id: house }) => house)).size);
    expect(Math.max(...run.jobList.map(({ bills }) => bills))).toBeLessThanOrEqual(20);
    await expect(runs.plan(request(), actor)).rejects.toThrow('bills.run.running');
  });

  it('is stopped half way with what is left not started, and goes on', async () => {
    await work(id, 2);
    await runs.command(id, 'stop', 'скінчився папір', actor);
    const stopped = await runs.detail(id);
    expect([stopped.state, sumOf(stopped)]).toEqual(['stopped', 90]);
    expect(stopped.counts.notStarted).toBeGreaterThan(0);
    await work(id);
    expect((await runs.detail(id)).counts).toEqual(stopped.counts);
    await runs.command(id, 'go-on', 'папір привезли', actor);
    await work(id);
    const done = await runs.detail(id);
    expect([done.state, done.counts.done, sumOf(done)]).toEqual(['done', 90, 90]);
  });

  it('has PDFs with the pages that its items name, and gives one sheet again', async () => {
    const run = await runs.detail(id);
    const items = await city.database.owner.query<{ number: string; job_no: number; page_from: number; pages: number }>(
      `select a.number, i.job_no, i.page_from, i.pages from bills.run_item i join registry.account a on a.id = i.account_id where i.run_id = $1 order by i.ordinal`,
      [id],
    );
    for (const { job, pages } of run.jobList) {
      const pdf = await buffer(await runs.file(id, job));
      expect(pdfPageCount(pdf)).toBe(pages);
      const own = items.filter((item) => item.job_no === job);
      expect(own.reduce((sum, item) => sum + item.pages, 0)).toBe(pages);
      expect(own.at(-1)).toMatchObject({ page_from: (pages ?? 0) - (own.at(-1)?.pages ?? 0) + 1 });
    }
    const last = items.at(-1);
    const sheet = await runs.pages(id, last?.number ?? '');
    expect(Buffer.from(sheet).toString('latin1', 0, 5)).toBe('%PDF-');
  });

  it('may print a job twice: bills and outcomes stay as they are', async () => {
    const before = await city.database.owner.query('select sha256 from bills.bill order by id');
    await jobs.work(id, 1);
    expect(await city.database.owner.query('select sha256 from bills.bill order by id')).toEqual(before);
    expect(before).toHaveLength(90);
  });
});

describe('a run in which something fails', () => {
  it('gives the bad bill its reason and prints the others; a retry is a run over what failed', async () => {
    const { owner } = city.database;
    const [house] = await owner.query<{ house_code: string }>(
      `select d.house_code from registry.pub_account_v1 a join registry.pub_address_v1 d on d.premises_id = a.premises_id
       group by d.house_code having count(*) > 3 order by count(*) limit 1`,
    );
    const printer = city.app.get(BillPrinter);
    const spy = jest.spyOn(printer, 'many').mockRejectedValueOnce(new Error('the browser is gone'));
    const run = await runs.plan(request({ house: house?.house_code, jobSize: 200 }), actor);
    await work(run.id);
    spy.mockRestore();
    const failed = await runs.detail(run.id);
    expect([failed.counts.failed, failed.counts.done, sumOf(failed)]).toEqual([run.planned, 0, run.planned]);
    expect(failed.failures[0]?.reason).toBe('documents.pdf.failed');
    const again = await runs.retry(run.id, 'браузер знову працює', actor);
    expect([again.retryOf, again.planned]).toEqual([run.id, run.planned]);
    await work(again.id);
    expect((await runs.detail(again.id)).counts).toMatchObject({ done: run.planned, failed: 0 });
    await expect(runs.retry(again.id, 'ще раз', actor)).rejects.toThrow('bills.run.no-failed');
  });

  it('has nothing to do for an empty place, and nothing before a release', async () => {
    await expect(runs.plan(request({ house: 'H9999' }), actor)).rejects.toThrow('bills.run.empty');
    await expect(runs.plan(request({ month: '2026-12' }), actor)).rejects.toThrow('bills.month.not-ready');
  });
});
