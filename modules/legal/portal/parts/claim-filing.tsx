'use client';
import { useAct } from '@komplat/api-client';
import { Dialog, DialogForm, FileDrop, formatCount, formatDay, parseDay, TextField, useMe, useMessage, useText } from '@komplat/ui';
import { useId, useState, type ReactNode } from 'react';
import type { ClaimFiling, ClaimRowOutcomes } from '../../contract/index.ts';

export const CLAIM_TOUCHES = ['legal/claim', 'administration/'];

/** What became of every row: how many are recorded, and why the others are not. */
function RowOutcomes({ outcomes }: { outcomes: ClaimRowOutcomes }): ReactNode {
  const text = useText();
  const message = useMessage();
  return (
    <div role="status">
      {text('legal.ui.claims.filing-done', { done: formatCount(outcomes.done), refused: formatCount(outcomes.refused) })}
      <ul>
        {outcomes.rows.flatMap((row, at) =>
          row.done
            ? []
            : [
                <li key={`${row.row}-${at}`} className="bad">
                  {row.row}: {message({ key: `error.${row.code ?? ''}`, params: row.params })}
                </li>,
              ],
        )}
      </ul>
    </div>
  );
}

/** Text of a list file: UTF-8, or Windows-1251 as old programs write it. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

interface DialogProps {
  readonly runId: string;
  readonly onClose: () => void;
}

/** Lines of filed packs, typed, pasted or out of a list file. */
export function FilingListDialog({ runId, onClose }: DialogProps): ReactNode {
  const text = useText();
  const id = useId();
  const act = useAct<ClaimRowOutcomes>(CLAIM_TOUCHES);
  const [lines, setLines] = useState('');
  const submit = (): void => act.mutate({ path: `legal/claims/${runId}/filing-list`, options: { json: { text: lines } } });
  return (
    <Dialog open title={text('legal.ui.claims.filing')} onClose={onClose}>
      <DialogForm action={text('legal.ui.claims.filing')} busy={act.isPending} error={act.error} onSubmit={submit} onClose={onClose}>
        <FileDrop
          title={text('legal.ui.claims.filing-label')}
          hint={text('legal.ui.claims.filing-file')}
          accept=".csv,.txt"
          onFile={(file) => void textOf(file).then(setLines)}
        />
        <div className="f">
          <label htmlFor={id}>{text('legal.ui.claims.filing-label')}</label>
          <textarea id={id} className="input tnum" rows={8} value={lines} onChange={(event) => setLines(event.target.value)} />
          <span className="hint">{text('legal.ui.claims.filing-text')}</span>
        </div>
        {act.data && <RowOutcomes outcomes={act.data} />}
      </DialogForm>
    </Dialog>
  );
}

/** The marked packs were filed on one day. */
export function FilingMarkedDialog(
  { runId, which, count, onClose }: DialogProps & { which: Pick<ClaimFiling, 'items' | 'filter'>; count: number },
): ReactNode {
  const text = useText();
  const { today } = useMe();
  const act = useAct<ClaimRowOutcomes>(CLAIM_TOUCHES);
  const [day, setDay] = useState(formatDay(today));
  const [tried, setTried] = useState(false);
  const filedOn = parseDay(day, today);
  const submit = (): void => {
    setTried(true);
    if (filedOn) act.mutate({ path: `legal/claims/${runId}/filing`, options: { json: { ...which, filedOn } } });
  };
  return (
    <Dialog open title={text('legal.ui.claims.filing-marked', { count: formatCount(count) })} onClose={onClose}>
      <DialogForm action={text('legal.ui.claims.filing')} busy={act.isPending} error={act.error} onSubmit={submit} onClose={onClose}>
        <p className="t2">{text('legal.ui.claims.filing-marked-effect')}</p>
        <TextField
          label={text('legal.ui.claims.filing-day')}
          value={day}
          error={tried && !filedOn ? text('legal.ui.form.needed') : undefined}
          onChange={(event) => setDay(event.target.value)}
        />
        {act.data && <RowOutcomes outcomes={act.data} />}
      </DialogForm>
    </Dialog>
  );
}
