import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { Messages, systemActor } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { CompareCommand, type CompareOutcome } from '../server/commands/compare.command.ts';
import type { Trace } from '../contract/trace.schema.ts';
import { HistoryTrace } from '../server/history/index.ts';
import { SecondCalculationService } from '../server/services/second-calculation.service.ts';
import { BalanceTrace } from '../server/services/trace-balance.ts';
import { PaymentTrace } from '../server/services/trace-payment.ts';
import { TraceService } from '../server/services/trace.service.ts';
import { buildRandomCity } from './random-city.ts';
import { PROVIDERS } from './world.ts';

const [ACCOUNTS, SEED] = [100, 20_261_125];
const MONTHS = ['2026-08', '2026-09', '2026-10', '2026-11'];
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildRandomCity(tx, SEED, ACCOUNTS));
  for (const month of MONTHS)
    for (const provider of PROVIDERS) await database.closeDb.query(`select * from billing.accrue_batch($1, $2::smallint, 1, ${ACCOUNTS}, 'test')`, [`${month}-01`, provider]);
});
afterAll(() => database.drop());

const compare = (input: object = {}): Promise<CompareOutcome> =>
  new CompareCommand(database.db, new SecondCalculationService()).run(input, { note: () => undefined });

const wordsOf = ({ title, pills, steps, sources, versions }: Trace): Trace['title'][] => [
  title, ...pills.map(({ text }) => text), ...sources.map((source) => source.title), ...versions.map(({ what }) => what),
  ...steps.flatMap(({ label, mark, inputs }) => [label, ...(mark ? [mark] : []), ...inputs.map(({ name }) => name)]),
];

// One city with every method, gaps of readings, house meters, acts and changes inside the months: both implementations, every charge.
describe('the whole city by both calculations', () => {
  it('has no difference in any month, and every stored charge was compared', async () => {
    const [stored] = await database.db.query<{ n: number }>('select count(distinct (period, account_id, service_id, provider_id))::int as n from billing.accrual');
    const { lines, differences, months, shown } = await compare();
    expect({ differences, shown }).toEqual({ differences: 0, shown: [] });
    expect(lines).toBeGreaterThanOrEqual(stored?.n ?? Infinity);
    expect(months.map(({ month }) => month)).toEqual(MONTHS);
  });

  it('explains every kind of charge in words: no codes, no English, no unknown key', async () => {
    const { db } = database;
    const messages = new Messages(readCatalogue(plugins.map(({ id }) => id)));
    const traces = new TraceService(db, new PaymentTrace(db), new BalanceTrace(db), new HistoryTrace(db));
    const kinds = await db.query<{ ref: string; kind: string }>(
      `select distinct on (c.method, b.basis, r.account_id is null) concat_ws(':', 'accrual', to_char(c.period, 'YYYY-MM'), a.number, s.code, p.code) as ref,
         concat_ws(' ', c.method, b.basis, case when r.account_id is not null then 'reduced' end) as kind
       from billing.accrual c join registry.account a on a.id = c.account_id join tariffs.service s on s.id = c.service_id
       join tariffs.provider p on p.id = c.provider_id
       left join billing.accrual_basis b on b.account_id = c.account_id and b.service_id = c.service_id and b.period = c.period
       left join billing.accrual_reduction r on r.account_id = c.account_id and r.service_id = c.service_id and r.period = c.period
       order by c.method, b.basis, r.account_id is null, c.period desc, c.account_id`,
    );
    expect(kinds.length).toBeGreaterThan(8);
    for (const { ref, kind } of kinds) {
      const trace = await traces.trace(ref, systemActor('test'));
      for (const { key, params } of wordsOf(trace)) {
        const text = messages.text('uk', key, params);
        expect([kind, key, text]).toEqual([kind, key, expect.not.stringMatching(/billing\.|\b(?:needs a lawyer|general knowledge|proposal|plausible|half-away|operator)\b|undefined/)]);
      }
      expect([kind, trace.steps.map(({ rounding }) => rounding).filter((rounding) => !/^(none|half-away-0\.(01|001|000001))$/.test(rounding))]).toEqual([kind, []]);
    }
  });

  it('names what was changed behind its back, in its month only', async () => {
    await database.owner.query("update registry.premises_fact set total_area = total_area + 1 where premises_id % 3 = 0");
    const { differences, shown } = await compare({ from: '2026-09', to: '2026-10' });
    expect(differences).toBeGreaterThan(0);
    expect(shown.length).toBe(Math.min(differences, 20));
    expect(shown.every((line) => 'month' in line && ['2026-09', '2026-10'].includes(String(line.month)))).toBe(true);
  });
});
