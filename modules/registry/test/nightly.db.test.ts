import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { LOGGER, type Logger } from '@komplat/server';
import type { TestApi } from '@komplat/testing';
import { CheckRunner } from '../server/checks/check-runner.ts';
import { NightlyChecks } from '../server/checks/nightly-checks.ts';

const NEVER = { from: 24, to: 24 };
let api: TestApi;
let nightly: NightlyChecks;

beforeAll(async () => {
  api = await wholeApi({ seed: async () => undefined });
  nightly = new NightlyChecks(api.database.db, api.app.get(CheckRunner, { strict: false }), api.app.get<Logger>(LOGGER, { strict: false }));
});
afterAll(() => api.close());

describe('the run over the whole base', () => {
  it('waits for the operating day, then runs by day when it never ran, and not again before the night', async () => {
    expect(await nightly.once(NEVER)).toBe(false);
    await api.database.owner.query(`insert into platform.operating_day (day, state) values ('2026-11-23', 'open')`);
    expect(await nightly.once(NEVER)).toBe(true);
    const runs = await api.database.db.query<{ started_by: string; done: boolean }>(
      `select started_by, finished_at is not null as done from registry.check_run where scope = 'all'`,
    );
    expect(runs).toEqual([{ started_by: 'system:nightly-checks', done: true }]);
    expect(await nightly.once(NEVER)).toBe(false);
  });
});
