import type { Tx } from '@komplat/server';
import { Progress } from '@komplat/server';
import type { ProcessState } from '@komplat/server';
import { STATEMENT_IMPORT } from '../../contract/workflows.ts';
import type { ImportFileRow } from './import-file.ts';

const PHASES = ['read', 'review', 'post', 'done'] as const;
export type ImportPhase = (typeof PHASES)[number];

/** Where the process of a file stands; a pause of a person stays until it is lifted. */
export async function writeImportProgress(
  tx: Pick<Tx, 'query'>,
  file: Pick<ImportFileRow, 'workflow_id' | 'file_name' | 'uploaded_by' | 'provider'>,
  phase: ImportPhase,
  state: ProcessState,
  message: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const [held] = await tx.query<{ state: ProcessState }>(
    `select state from platform.process_progress where workflow_id = $1 and state = 'paused'`,
    [file.workflow_id],
  );
  await Progress.write(tx, {
    workflowId: file.workflow_id,
    module: 'payments',
    type: STATEMENT_IMPORT,
    subject: file.file_name,
    phase,
    phaseNo: PHASES.indexOf(phase) + 1,
    phases: PHASES.length,
    state: held !== undefined && state === 'running' ? 'paused' : state,
    messageKey: message,
    messageParams: params,
    startedBy: file.uploaded_by,
    ...(file.provider === null ? {} : { provider: file.provider }),
  });
}
