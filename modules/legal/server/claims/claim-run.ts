import { notFound, Money } from '@komplat/kernel';
import { Progress, type ProcessState, type Tx } from '@komplat/server';
import { ClaimParameters } from '../../contract/claim.schema.ts';
import { COURT_CLAIM, courtClaimId } from '../../contract/claim-workflows.ts';

export type ClaimRunState = 'planning' | 'preparing' | 'waiting' | 'stopped' | 'done';
export interface ClaimRunRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly as_of: string;
  readonly state: ClaimRunState;
  readonly version: number;
  readonly reason: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly parameters: ClaimParameters;
  /** Creditors of the run; null = all. */
  readonly provider_ids: readonly number[] | null;
}
export type ClaimReader = Pick<Tx, 'query'>;

/** Refuses 404 `legal.claim.run-unknown`. */
export async function runOf(tx: ClaimReader, id: string, lock: '' | 'for update' = ''): Promise<ClaimRunRow> {
  const [row] = await tx.query<Omit<ClaimRunRow, 'parameters'> & { parameters: unknown }>(
    `select id, number, title, as_of, state, version, reason, created_by, created_at, parameters, provider_ids
     from legal.claim_run where id = $1 ${lock}`,
    [id],
  );
  if (!row) throw notFound('legal.claim.run-unknown', { id });
  return { ...row, parameters: ClaimParameters.parse(row.parameters) };
}

const PHASES = ['plan', 'check', 'freeze', 'pack', 'review', 'sign', 'file', 'done'] as const;
export type ClaimPhase = (typeof PHASES)[number];

/** Where the process of a run stands; a pause of a person stays until it is lifted. */
export async function writeClaimProgress(
  tx: ClaimReader,
  run: Pick<ClaimRunRow, 'id' | 'number' | 'created_by'>,
  step: { readonly phase: ClaimPhase; readonly state: ProcessState; readonly message: string; readonly params?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const workflowId = courtClaimId(run.id);
  const [held] = await tx.query(`select 1 from platform.process_progress where workflow_id = $1 and state = 'paused'`, [workflowId]);
  await Progress.write(tx, {
    workflowId,
    module: 'legal',
    type: COURT_CLAIM,
    subject: run.number,
    phase: step.phase,
    phaseNo: PHASES.indexOf(step.phase) + 1,
    phases: PHASES.length,
    state: held !== undefined && (step.state === 'running' || step.state === 'waiting') ? 'paused' : step.state,
    messageKey: step.message,
    messageParams: step.params ?? {},
    startedBy: run.created_by,
  });
}

export const kopText = (kop: bigint): string => Money.ofKop(kop).toString();
/** What changed items of runs by itself. */
export const PROCESS = 'process:court-claim';
