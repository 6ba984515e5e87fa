'use client';
import { useAct } from '@komplat/api-client';
import {
  Button, Card, formatDay, MIN_REASON, parseDay, ReasonDialog, StatusPill, TextField, toast, useCan, useMe, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CaseView } from '../../contract/index.ts';
import { DaysLeft } from './case-look.tsx';
import { FormDialog } from './form-dialog.tsx';

type Task = CaseView['tasks'][number];

function MoveDialog({ task, caseId, onClose }: { task: Task; caseId: string; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const act = useAct<unknown>(['legal/']);
  const [day, setDay] = useState(formatDay(task.dueOn));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const dueOn = parseDay(day, today);
  const isShort = reason.trim().length < MIN_REASON;
  const submit = (): void => {
    setTried(true);
    if (!dueOn || isShort) return;
    const options = { json: { dueOn, reason: reason.trim() } };
    act.mutate({ path: `legal/cases/${caseId}/tasks/${task.id}`, options }, {
      onSuccess: () => {
        toast.done(text('legal.ui.case.term-moved'));
        onClose();
      },
    });
  };
  return (
    <FormDialog title={text('legal.ui.case.move-term')} action={text('legal.ui.case.move-term')} busy={act.isPending} error={act.error} onSubmit={submit} onClose={onClose}>
      <TextField label={text('legal.ui.case.due')} value={day} error={tried && !dueOn ? text('legal.ui.form.day') : undefined} onChange={(event) => setDay(event.target.value)} />
      <TextField
        label={text('ui.reason.label')}
        note={text('ui.reason.rule')}
        value={reason}
        error={tried && isShort ? text('ui.reason.short', { min: MIN_REASON }) : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

function CloseDialog({ task, caseId, onClose }: { task: Task; caseId: string; onClose: () => void }): ReactNode {
  const text = useText();
  const act = useAct<unknown>(['legal/', 'debt/']);
  const close = (reason: string): void =>
    act.mutate({ path: `legal/cases/${caseId}/tasks/${task.id}`, options: { json: { reason } } }, {
      onSuccess: () => {
        toast.done(text('legal.ui.case.task-done'));
        onClose();
      },
    });
  return (
    <ReasonDialog
      open
      title={text('legal.ui.case.close-task')}
      action={text('legal.ui.case.close-task')}
      busy={act.isPending}
      error={act.error}
      onSubmit={close}
      onClose={onClose}
    />
  );
}

/** What is waited for, the nearest on top: its day, on what ground, who answers. */
export function CaseTermsCard({ view }: { view: CaseView }): ReactNode {
  const text = useText();
  const can = useCan();
  const [moved, setMoved] = useState<Task>();
  const [closed, setClosed] = useState<Task>();
  return (
    <Card title={text('legal.ui.case.terms')} sub={text('legal.ui.case.terms-order')} padded={view.tasks.length === 0}>
      {view.tasks.length === 0 ? (
        <p className="t2">{text('legal.ui.case.no-terms')}</p>
      ) : (
        <table className="tbl dense">
          <caption>{text('legal.ui.case.terms')}</caption>
          <thead>
            <tr>
              {['due', 'task', 'ground', 'left', 'acts'].map((key) => (
                <th key={key} scope="col">
                  {text(`legal.ui.case.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.tasks.map((task) => (
              <tr key={task.id}>
                <th scope="row">{formatDay(task.dueOn)}</th>
                <td className="whitespace-normal">
                  {text(`legal.case.task.${task.task}`)}
                  <small>{text(`legal.ui.role.${task.role}`)}</small>
                </td>
                <td className="whitespace-normal">
                  {task.source}
                  {task.mark === 'needs a lawyer' && <StatusPill kind="warn">{text('legal.ui.case.needs-lawyer')}</StatusPill>}
                </td>
                <td>
                  <DaysLeft days={task.daysLeft} escalated={task.escalated} />
                </td>
                <td>
                  {can('legal.case.act') && task.own && (
                    <Button size="small" onClick={() => setClosed(task)}>
                      {text('legal.ui.case.close-task')}
                    </Button>
                  )}
                  {can('legal.case.act') && !task.own && task.movable && (
                    <Button size="small" onClick={() => setMoved(task)}>
                      {text('legal.ui.case.move-term')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {moved && <MoveDialog task={moved} caseId={view.item.id} onClose={() => setMoved(undefined)} />}
      {closed && <CloseDialog task={closed} caseId={view.item.id} onClose={() => setClosed(undefined)} />}
    </Card>
  );
}
