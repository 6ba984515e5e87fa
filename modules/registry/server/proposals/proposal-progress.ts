import { type ProcessState, Progress, type Tx } from '@komplat/server';
import { CORRECTION_APPROVAL } from '../../contract/workflows.ts';
import type { ProposalRow } from './proposal-rows.ts';

const PHASES = ['decide', 'done'] as const;

/** Where the agreement stands, for the console of processes. */
export async function writeProposalProgress(
  tx: Pick<Tx, 'query'>,
  row: Pick<ProposalRow, 'workflow_id' | 'number' | 'proposed_by'>,
  phase: (typeof PHASES)[number],
  state: ProcessState,
  messageKey: string,
): Promise<void> {
  await Progress.write(tx, {
    workflowId: row.workflow_id,
    module: 'registry',
    type: CORRECTION_APPROVAL,
    subject: row.number,
    phase,
    phaseNo: PHASES.indexOf(phase) + 1,
    phases: PHASES.length,
    state,
    messageKey,
    startedBy: row.proposed_by,
  });
}
