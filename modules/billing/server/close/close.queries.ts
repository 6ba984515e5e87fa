import type { CloseGateView, CloseLaneView } from '@komplat/billing/contract/close';
import { closeLaneId } from '@komplat/billing/contract/close-workflows';
import { type Message, Money } from '@komplat/kernel';
import type { CloseGateDef } from '@komplat/plugin-api';
import type { Tx } from '@komplat/server';

type Query = Pick<Tx, 'query'>;

interface LaneQueryRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly books: CloseLaneView['state'];
  readonly phase: CloseLaneView['phase'];
  readonly state: CloseLaneView['phaseState'];
  readonly message_key: string | null;
  readonly message_params: Message['params'] | null;
  readonly pause_reason: string | null;
  readonly paused_by: string | null;
  readonly proposed_by: string | null;
  readonly released_by: string | null;
  readonly verified_count: number | null;
  readonly verified_differences: number | null;
  readonly digest: string | null;
  readonly planned: number;
  readonly done: number;
  readonly not_started: number;
  readonly charged: bigint;
  readonly failed: number;
  readonly skipped: number;
  readonly totals: Readonly<Record<string, string>> | null;
}

/** Lanes of the month with the four outcomes in one query: they always sum to the plan. */
const LANES = `
  select p.id, p.code, p.short_name as name, p.kind, l.state as books, c.phase, c.state, c.message_key, c.message_params,
    c.pause_reason, c.paused_by, coalesce(a.requested_by, c.proposed_by) as proposed_by, c.released_by, c.verified_count,
    c.verified_differences, coalesce(l.digest, c.digest) as digest, coalesce(b.planned, 0)::int as planned,
    coalesce(b.accrued - coalesce(x.failed, 0) - coalesce(x.skipped, 0), 0)::int as done,
    coalesce(b.planned - b.accrued, 0)::int as not_started, coalesce(b.charged, 0)::bigint as charged,
    coalesce(x.failed, 0)::int as failed, coalesce(x.skipped, 0)::int as skipped, c.totals
  from platform.period_lane l
  join tariffs.pub_provider_v1 p on p.id = l.provider_id
  left join billing.close_lane c on c.period = l.period and c.provider_id = l.provider_id
  left join platform.approval a on a.state = 'waiting' and a.action = 'billing.release-lane' and a.subject = 'close/' || $2 || '/' || p.code
  left join (select provider_id, sum(planned) as planned,
      coalesce(sum(planned) filter (where accrued_at is not null), 0) as accrued, sum(amount_kop) as charged
    from billing.close_batch where period = $1 group by provider_id) b on b.provider_id = l.provider_id
  left join (select provider_id, count(*) filter (where outcome = 'failed' and resolved_at is null) as failed,
      count(*) filter (where outcome = 'skipped' and resolved_at is null) as skipped
    from billing.close_exception where period = $1 group by provider_id) x on x.provider_id = l.provider_id
  where l.period = $1 and ($3::text[] is null or p.code = any($3)) and (c.period is not null or l.state <> 'open' or
    p.active && daterange($1::date, ($1::date + interval '1 month')::date))
  order by p.kind desc, p.id`;

interface SumRow {
  readonly provider_id: number;
  readonly paid: bigint;
  readonly due: bigint | null;
  readonly opening: bigint | null;
  readonly recalculated: bigint | null;
  readonly benefit: bigint | null;
  readonly charged: bigint | null;
}

/** Turnover of a lane that does not keep it yet: of written balances when it is locked, else the payments booked until now. */
const SUMS = `
  select provider_id, sum(paid_kop)::bigint as paid, sum(closing_kop)::bigint as due, sum(opening_kop)::bigint as opening,
    sum(recalculated_kop)::bigint as recalculated, sum(benefit_kop + subsidy_kop)::bigint as benefit, sum(charged_kop)::bigint as charged
  from billing.period_balance where period = $1 and provider_id = any($2::smallint[]) group by provider_id
  union all
  select e.provider_id, sum(e.amount_kop)::bigint, null, null, null, null, null
  from billing.ledger_entry e join billing.entry_kind k on k.id = e.kind and k.turnover_column = 'paid'
  where e.period = $1 and e.provider_id = any($3::smallint[]) group by e.provider_id`;

interface GateRow {
  readonly provider_id: number;
  readonly gate_id: string;
  readonly value: bigint;
  readonly gate_limit: bigint;
  readonly green: boolean;
  readonly exception_state: 'waiting' | 'approved' | null;
  readonly exception_by: string | null;
  readonly exception_reason: string | null;
}
const GATES = `
  select g.provider_id, g.gate_id, g.value, g.gate_limit, g.green, a.state as exception_state, a.requested_by as exception_by,
    a.reason as exception_reason
  from billing.close_gate g join tariffs.pub_provider_v1 p on p.id = g.provider_id
  left join platform.approval a on (a.id = g.exception_approval and a.state = 'approved') or (g.exception_approval is null
    and a.state = 'waiting' and a.action = 'billing.gate-exception' and a.subject = 'close/' || $2 || '/' || p.code || '/' || g.gate_id)
  where g.period = $1 order by g.gate_id`;

/** The lanes of a month as the page shows them; `providers` limits them to whose data the reader may see. */
export async function laneViews(
  db: Query,
  period: string,
  gates: readonly CloseGateDef[],
  providers: readonly string[] | null,
): Promise<CloseLaneView[]> {
  const first = `${period}-01`;
  const rows = await db.query<LaneQueryRow>(LANES, [first, period, providers]);
  const sums = await turnover(db, first, rows);
  const measured = await db.query<GateRow>(GATES, [first, period]);
  const titles = new Map(gates.map(({ id, title }) => [id, title]));
  return rows.map((row) =>
    laneView(
      period,
      row,
      sums.get(row.id),
      measured.filter((gate) => gate.provider_id === row.id).map((gate) => gateView(gate, titles)),
    ),
  );
}

async function turnover(db: Query, first: string, rows: readonly LaneQueryRow[]): Promise<Map<number, SumRow>> {
  const unkept = rows.filter((row) => row.totals === null && (row.phase !== null || row.books !== 'open'));
  const of = (locked: boolean): number[] => unkept.filter((row) => (row.books === 'locked') === locked).map((row) => row.id);
  const counted = unkept.length === 0 ? [] : await db.query<SumRow>(SUMS, [first, of(true), of(false)]);
  return new Map([...counted, ...rows.flatMap(keptSums)].map((row) => [row.provider_id, row]));
}

function keptSums({ id, totals }: LaneQueryRow): SumRow[] {
  if (totals === null) return [];
  const kop = (name: string): bigint | null => (totals[name] === undefined ? null : BigInt(totals[name]));
  const benefit = kop('benefit');
  return [
    {
      provider_id: id,
      paid: kop('paid') ?? 0n,
      due: kop('closing'),
      opening: kop('opening'),
      recalculated: kop('recalculated'),
      benefit: benefit === null ? null : benefit + (kop('subsidy') ?? 0n),
      charged: kop('charged'),
    },
  ];
}

const money = (kop: bigint | null | undefined): string | null => (kop === null || kop === undefined ? null : Money.ofKop(kop).toString());

function laneView(period: string, row: LaneQueryRow, sums: SumRow | undefined, gates: CloseGateView[]): CloseLaneView {
  return {
    provider: { id: row.id, code: row.code, name: row.name, kind: row.kind },
    state: row.books,
    phase: row.phase,
    phaseState: row.state,
    paused: row.state === 'paused' ? { reason: row.pause_reason ?? '', by: row.paused_by ?? '' } : null,
    planned: row.planned,
    done: row.done,
    failed: row.failed,
    skipped: row.skipped,
    notStarted: row.not_started,
    charged: Money.ofKop(sums?.charged ?? row.charged).toString(),
    paid: Money.ofKop(sums?.paid ?? 0n).toString(),
    due: money(sums?.due),
    opening: money(sums?.opening),
    recalculated: money(sums?.recalculated),
    benefit: money(sums?.benefit),
    verified: row.verified_count === null ? null : { checked: row.verified_count, differences: row.verified_differences ?? 0 },
    gates,
    proposedBy: row.proposed_by,
    releasedBy: row.released_by,
    digest: row.digest,
    message: row.message_key ? { key: row.message_key, params: row.message_params ?? {} } : null,
    workflowId: closeLaneId(period, row.code),
    may: commandsOf(row, gates),
  };
}

function gateView(row: GateRow, titles: ReadonlyMap<string, string>): CloseGateView {
  const { exception_state: state, exception_by: by, exception_reason: reason } = row;
  return {
    id: row.gate_id,
    title: { key: titles.get(row.gate_id) ?? row.gate_id, params: {} },
    value: Number(row.value),
    limit: Number(row.gate_limit),
    green: row.green,
    exception: state && by ? { state, by, reason: reason ?? '' } : null,
  };
}

/** What the lane allows now; permissions are taken off by the service. */
function commandsOf(row: LaneQueryRow, gates: readonly CloseGateView[]): CloseLaneView['may'] {
  if (row.books === 'locked') return [];
  if (row.phase === null || row.state === 'stopped') return ['start'];
  if (row.state === 'paused') return row.phase === 'settlement' ? ['resume'] : ['resume', 'stop'];
  if (row.phase === 'settlement' || row.books === 'released') return ['pause'];
  const proposable = row.phase === 'release' && row.books === 'verified' && !row.proposed_by;
  const held = gates.some((gate) => !gate.green && gate.exception?.state !== 'approved');
  return ['pause', 'retry-failed', ...(proposable && !held ? (['propose'] as const) : []), 'stop'];
}
