import { sha256 } from '@komplat/server';
import type { ClaimWorld } from '../../modules/legal/test/claim-world.ts';
import { numberOf, TODAY } from '../../modules/legal/test/case-world.ts';
import { DebtTouchesClaims } from '../../modules/legal/server/claims/claim-events.handlers.ts';
import { Intake } from '../../modules/payments/server/services/intake.ts';
import { type Blow, ClaimSite, openClaimCity } from './claim-site.ts';
import { person } from './close-site.ts';
import { type DrillOptions, type DrillResult, type DrillSession, lawViolations, must, randomOf } from './drill.ts';

const REASON = 'підготовка позовів за листопад';
/** Flats of the world: whole ones, one whose debtor has no code, one that owes nothing. */
const ACCOUNTS = { full: [1, 2, 3, 12, 13, 15, 18, 19, 20], short: [1, 2, 3, 13] };
/** One of the flats pays before its paper is filed. */
const PAYS = 2;
/** Steps of the process, as the outcome that each of them writes; `refreshed` writes `planned` again. */
const WORKER_STEPS = ['planned', 'checked', 'frozen', 'packed', 'refreshed', 'signed'] as const;
const API_ACTS = ['run', 'submitted', 'filed'] as const;
const CASHIER = person('kasyr');
type Step = (typeof WORKER_STEPS)[number] | (typeof API_ACTS)[number];

/** Who does what: a quiet run in one process, or processes that are killed. */
interface Hands {
  order<R extends object>(step: Step | null, path: string, body: object): Promise<R>;
  lead(step: Step, begin: () => Promise<unknown>): Promise<void>;
  /** The run has heard of the payment. */
  told(world: ClaimWorld): Promise<void>;
  rest(runId: string): Promise<void>;
}
interface Line {
  readonly number: string;
  readonly outcome: string;
  readonly hash: string;
}

/** kill -9 of the worker and of the API at each step of a run of claims: the papers are those of a quiet run. */
export async function killClaims({ short }: DrillOptions): Promise<DrillSession> {
  const accounts = short ? ACCOUNTS.short : ACCOUNTS.full;
  const quiet = await quietRun(accounts);
  return { run: (seed) => disturbedRun(seed, accounts, quiet, short), close: () => Promise.resolve() };
}

async function quietRun(accounts: readonly number[]): Promise<readonly Line[]> {
  const world = await openClaimCity();
  try {
    const { run } = await walk(world, accounts, {
      order: async (_step, path, body) => {
        const answer = await world.post(`legal/${path}`, body);
        must(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
        return answer.body;
      },
      lead: async (_step, begin) => void (await begin()),
      told: tell,
      rest: async (id) => void (await world.drive(id)),
    });
    return await linesOf(world, run);
  } finally {
    await world.api.close();
  }
}

async function disturbedRun(seed: number, accounts: readonly number[], quiet: readonly Line[], short: boolean): Promise<DrillResult> {
  const site = await ClaimSite.open();
  try {
    const blows = blowsOf(seed, short);
    const { db } = site.world.api.database;
    const planted = await lawViolations(db); // flats with faults are no sound ledger
    const { run } = await walk(site.world, accounts, {
      order: (step, path, body) => site.order(path, body, step === null ? undefined : blows.get(step)),
      lead: (step, begin) => site.lead(begin, blows.get(step)),
      told: () => site.passes('stale'),
      rest: (id) => site.rest(id),
    });
    const found = await linesOf(site.world, run);
    await site.noBrowserLeft();
    const differing = quiet.filter((line, at) => JSON.stringify(line) !== JSON.stringify(found[at]));
    return {
      drill: 'claims',
      seed,
      moment: [...blows].map(([step, { inside }]) => `${step} ${inside ? 'in' : 'after'}`).join(', '),
      lost: differing.length + Math.abs(found.length - quiet.length),
      duplicates: await duplicatesOf(site.world),
      laws: (await lawViolations(db)) - planted,
      backMs: site.backMs,
      facts: { digest: sha256(JSON.stringify(found)), items: found.length, kills: site.kills, filed: found.filter(({ outcome }) => outcome === 'filed').length },
    };
  } finally {
    await site.close();
  }
}

/** All steps; in the short form one of the worker and one of the API. The seed says whether a blow falls inside the write or after it. */
function blowsOf(seed: number, short: boolean): ReadonlyMap<Step, Blow> {
  const random = randomOf(seed);
  const steps: readonly Step[] = [...WORKER_STEPS, ...API_ACTS];
  const chosen = short ? [WORKER_STEPS[(seed + 2) % WORKER_STEPS.length], API_ACTS[seed % API_ACTS.length]] : steps;
  return new Map(
    steps.flatMap((step): [Step, Blow][] =>
      chosen.includes(step) ? [[step, { at: step === 'refreshed' ? 'planned' : step, inside: random(2) === 1, late: random(60) }]] : [],
    ),
  );
}

/** A run from the selection to the cases, by the same acts whoever is killed. */
async function walk(world: ClaimWorld, accounts: readonly number[], hands: Hands): Promise<{ run: string }> {
  const { id } = await hands.order<{ id: string }>('run', 'claims', {
    title: 'Листопад', reason: REASON, selection: { accounts: accounts.map(numberOf) },
    parameters: { court: 'C01', missingIndex: 'unchanged', providers: ['P02'] },
  });
  for (const step of WORKER_STEPS.slice(0, 4)) await hands.lead(step, () => Promise.resolve());
  await hands.rest(id);
  await hands.lead('refreshed', () => pay(world));
  await hands.told(world);
  await hands.rest(id);
  await hands.order('submitted', `claims/${id}/submit`, { reason: REASON });
  await hands.lead('signed', async () => {
    const answer = await world.decide(id, true);
    must(answer.status < 300, `the approval: ${JSON.stringify(answer.body)}`);
  });
  await hands.rest(id);
  await payFees(world, id);
  await hands.order(null, `claims/${id}/fees/match`, {});
  const signed = (await linesOf(world, id)).filter(({ outcome }) => outcome === 'signed');
  must(signed.length > 0, 'papers are signed');
  await hands.order('filed', `claims/${id}/filing`, {
    rows: signed.map(({ number }, at) => ({ number, filedOn: TODAY, caseNumber: `2-н/501/${at + 1}/26` })),
  });
  await hands.rest(id);
  return { run: id };
}

/** A payment at the desk of the Centre, as intake takes it. */
async function pay({ api }: ClaimWorld): Promise<void> {
  const named = [{ service: 'HEAT', amount: '500.00' }];
  await api.app.get(Intake, { strict: false }).accept({ channel: 'CASH', externalId: 'drill-1', account: numberOf(PAYS), amount: '500.00', named }, CASHIER);
}

/** Carries the event of the payment by hand, where no worker does. */
async function tell({ api }: ClaimWorld): Promise<void> {
  const [event] = await api.database.owner.query<{ id: string; type: string; payload: unknown }>(
    `select id, type, payload from platform.outbox where type = 'payments.received'`,
  );
  must(event !== undefined, 'the payment tells of itself');
  await api.app.get(DebtTouchesClaims, { strict: false }).handle(event);
}

/** Rows of the bank that name the papers and have their fees. */
async function payFees(world: ClaimWorld, runId: string): Promise<void> {
  const { owner } = world.api.database;
  const [file] = await owner.query<{ id: string }>(
    `insert into payments.import_file (id, preset, file_name, file_hash, size, state, workflow_id, uploaded_by)
     values (gen_random_uuid(), 'ibank', 'v.csv', 'drill', 1, 'posted', 'drill', 'drill') returning id`,
  );
  await owner.query(
    `insert into payments.import_row (import_id, line, raw, outcome)
     select $2, i.ordinal, '71120587;300465;UAH;23.11.2026 10:00:00;;"ГУК";1;23.11.2026;' || to_char((i.fee_kop - i.credited_kop) / 100.0, 'FM999990.00')
       || ';;"судовий збір; ' || r.number || '/' || i.ordinal || '";0.00', 'skipped'
     from legal.claim_item i join legal.claim_run r on r.id = i.run_id where i.run_id = $1 and i.outcome = 'signed'`,
    [runId, file?.id],
  );
}

/** Every item with what was written for it: sums, hash of the frozen calculation, hashes of the drawn files, parts of the case. */
async function linesOf(world: ClaimWorld, runId: string): Promise<readonly Line[]> {
  const rows = await world.api.database.owner.query<Omit<Line, 'hash'> & { what: string }>(
    `select r.number || '/' || i.ordinal as number, i.outcome, jsonb_build_array(i.account_id, i.kind, i.reason_code, i.principal_kop, i.inflation_kop,
       i.interest_kop, i.penalty_kop, i.fee_kop, i.snapshot_sha256, i.case_number, (select s.sha256 from legal.claim_snapshot s where s.item_id = i.id
         order by s.ordinal desc limit 1),
       (select jsonb_agg(jsonb_build_array(f.name, case when f.media_type <> 'application/pkcs7-signature' then f.sha256 end) order by f.name)
         from legal.pack_file f where f.pack_id = i.pack_id),
       (select jsonb_agg(jsonb_build_array(q.part, q.service_id, q.period, q.claimed_kop) order by q.no) from legal.case_part q where q.case_id = i.case_id))::text as what
     from legal.claim_item i join legal.claim_run r on r.id = i.run_id where r.id = $1 order by i.ordinal`,
    [runId],
  );
  return rows.map(({ number, outcome, what }) => ({ number, outcome, hash: sha256(what) }));
}

/** Runs, packs in force of one item or one calculation, approvals and cases that are there more than once. */
async function duplicatesOf(world: ClaimWorld): Promise<number> {
  const [row] = await world.api.database.owner.query<{ twice: number }>(
    `with living as (select p.* from legal.pack p where not exists (select from legal.pack_event e where e.pack_id = p.id and e.kind = 'withdrawn'))
     select ((select count(*) - 1 from legal.claim_run) + (select count(*) - count(distinct number) from living)
       + (select count(*) - count(distinct snapshot_sha256) from legal.pack) + (select count(*) from living l
           where not exists (select from legal.claim_item i where i.pack_id = l.id))
       + (select count(*) - count(distinct subject) from platform.approval)
       + (select count(*) - count(distinct (account_id, provider_id)) from legal.case_file))::int as twice`,
  );
  return row?.twice ?? 0;
}
