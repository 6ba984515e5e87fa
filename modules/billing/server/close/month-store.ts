import type { LaneRef, MonthCloseInput, MonthCloseResult } from '@komplat/billing/contract/close-workflows';
import { MONTH_CLOSE, monthCloseId, trialCloseId } from '@komplat/billing/contract/close-workflows';
import { Period } from '@komplat/kernel';
import { Progress, sha256, type ProcessState, type Tx } from '@komplat/server';

interface ProviderRow {
  readonly id: number;
  readonly code: string;
}

/** Providers that charge in the month, or whose balances went over in it, and whose books of it are not locked. */
export async function providersOf(tx: Pick<Tx, 'query'>, period: string, codes?: readonly string[]): Promise<ProviderRow[]> {
  return tx.query<ProviderRow>(
    `select p.id, p.code from tariffs.pub_provider_v1 p
     where (p.active && daterange($1::date, ($1::date + interval '1 month')::date)
         or exists (select from billing.ledger_entry e where e.provider_id = p.id and e.period = $1))
       and ($2::text[] is null or p.code = any($2))
       and not exists (select from platform.period_lane l where l.period = $1 and l.provider_id = p.id and l.state = 'locked')
       and (exists (select from tariffs.pub_supply_v1 s where s.provider_id = p.id
           and s.valid && daterange($1::date, ($1::date + interval '1 month')::date))
         or exists (select from platform.period_lane l where l.period = $1 and l.provider_id = p.id))
     order by p.id`,
    [Period.parse(period).firstDay, codes ?? null],
  );
}

/** The lanes to work on now: those that were asked for and neither locked nor stopped. */
export async function planMonth(tx: Tx, input: MonthCloseInput): Promise<readonly LaneRef[]> {
  const { period, dryRun } = input;
  await monthProgress(tx, input, 'running', dryRun ? 'trial-running' : 'month-running');
  const rows = dryRun
    ? await providersOf(tx, period, input.providers)
    : await tx.query<ProviderRow>(
        `select p.id, p.code from billing.close_lane c join tariffs.pub_provider_v1 p on p.id = c.provider_id
         where c.period = $1 and c.state <> 'stopped' and c.phase <> 'locked' order by p.id`,
        [Period.parse(period).firstDay],
      );
  return rows.map(({ id, code }) => ({ period, providerId: id, provider: code }));
}

export async function finishMonth(tx: Tx, input: MonthCloseInput, { outcome, locked, stopped }: MonthCloseResult): Promise<void> {
  const state = outcome === 'partial' ? 'stopped' : 'done';
  const key = outcome === 'trial' ? 'trial-done' : outcome === 'locked' ? 'month-locked' : 'month-partial';
  await monthProgress(tx, input, state, key, { locked, stopped });
  const id = input.dryRun ? trialCloseId(input.period) : monthCloseId(input.period);
  await Progress.event(tx, id, `billing.close.event.${key}`, { locked, stopped });
}

/** sha256 of the lanes' digests by provider code; null while a lane is not locked. */
export async function monthDigest(tx: Pick<Tx, 'query'>, period: string): Promise<string | null> {
  const rows = await tx.query<{ code: string; state: string; digest: string | null }>(
    `select p.code, l.state, l.digest from platform.period_lane l join tariffs.pub_provider_v1 p on p.id = l.provider_id
     where l.period = $1 order by p.code collate "C"`,
    [Period.parse(period).firstDay],
  );
  if (rows.length === 0 || rows.some((row) => row.state !== 'locked' || !row.digest)) return null;
  return sha256(rows.map((row) => `${row.code}|${row.digest}`).join('\n'));
}

async function monthProgress(
  tx: Tx,
  input: MonthCloseInput,
  state: ProcessState,
  key: string,
  params: Readonly<Record<string, number>> = {},
): Promise<void> {
  await Progress.write(tx, {
    workflowId: input.dryRun ? trialCloseId(input.period) : monthCloseId(input.period),
    module: 'billing',
    type: MONTH_CLOSE,
    subject: input.period,
    phase: state === 'running' ? 'lanes' : 'end',
    phaseNo: state === 'running' ? 1 : 2,
    phases: 2,
    state,
    messageKey: `billing.close.message.${key}`,
    messageParams: params,
    startedBy: input.startedBy,
  });
}
