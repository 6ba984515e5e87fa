'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Button, Card, Dialog, formatDay, type IconName, parseDay, parseMoney, TextField, Timeline, toast, useMe, useMessage, usePersonName, useSave, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CaseView, PretensionText } from '../../contract/index.ts';
import { FormDialog } from './form-dialog.tsx';

type Event = CaseView['events'][number];
const ICONS: Readonly<Record<string, IconName>> = { receipt: 'wallet', 'receipt-told': 'wallet', remind: 'clock', escalate: 'warning', 'account-merged': 'users', pause: 'paused' };

function detailOf({ details, reason, by }: Event, nameOf: (login: string) => string): string {
  const days = Object.values(details).map((value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(value) : value));
  return [...days, reason, by && nameOf(by)].filter(Boolean).join(', ');
}

/** What happened, newest first. */
export function CaseTimeline({ view }: { view: CaseView }): ReactNode {
  const text = useText();
  const nameOf = usePersonName();
  return (
    <Card title={text('legal.ui.case.course')} padded>
      <Timeline
        items={view.events.map((event) => ({
          key: String(event.seq),
          kind: event.act === 'escalate' ? 'bad' : event.act === 'remind' ? 'warn' : 'ok',
          icon: ICONS[event.act] ?? 'check',
          title: text(`legal.case.act.${event.act}`),
          time: formatDay(event.on),
          detail: detailOf(event, nameOf),
        }))}
      />
    </Card>
  );
}

/** Papers of the case; a scan is fetched when it is there. */
export function CaseDocuments({ view }: { view: CaseView }): ReactNode {
  const text = useText();
  const [busy, save] = useSave();
  return (
    <Card title={text('legal.ui.case.documents')} padded>
      {view.documents.length === 0 ? (
        <p className="t2">{text('legal.ui.case.no-documents')}</p>
      ) : (
        <ul className="stack">
          {view.documents.map((paper) => (
            <li key={paper.id} className="row">
              <span className="grow">
                {text(`legal.case.paper.${paper.paper}`)} № {paper.number}, {formatDay(paper.on)}
              </span>
              {paper.fileName && (
                <Button
                  size="small"
                  icon="file-down"
                  busy={busy}
                  onClick={() => void save(`legal/cases/${view.item.id}/documents/${paper.id}/file`, {}, paper.fileName ?? 'scan')}
                >
                  {paper.fileName}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The text of the pretension, as it is sent. */
export function PretensionDialogText({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const text = useText();
  const read = useRead<PretensionText>(`legal/cases/${id}/pretension`);
  return (
    <Dialog open title={read.data?.title ?? text('legal.ui.case.pretension')} onClose={onClose}>
      <div className="b">
        {read.data?.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <footer>
        <Button onClick={() => window.print()} icon="print">
          {text('legal.ui.case.print')}
        </Button>
        <Button onClick={onClose} keys={['Esc']}>
          {text('ui.close')}
        </Button>
      </footer>
    </Dialog>
  );
}

/** An executor tells of money. */
export function ReceiptDialog({ view, onClose }: { view: CaseView; onClose: () => void }): ReactNode {
  const text = useText();
  const message = useMessage();
  const { today } = useMe();
  const act = useAct<unknown>(['legal/']);
  const [typed, setTyped] = useState({ on: formatDay(today), amount: '', reference: '' });
  const [tried, setTried] = useState(false);
  const on = parseDay(typed.on, today);
  const amount = parseMoney(typed.amount);
  const submit = (): void => {
    setTried(true);
    if (!on || !amount || typed.reference.trim() === '') return;
    act.mutate(
      { path: `legal/cases/${view.item.id}/receipts`, options: { json: { on, amount, reference: typed.reference.trim() } } },
      {
        onSuccess: () => {
          toast.done(message({ key: 'legal.ui.receipt.told', params: {} }));
          onClose();
        },
      },
    );
  };
  const field = (name: 'on' | 'amount' | 'reference', wrong: boolean): ReactNode => (
    <TextField
      label={text(`legal.ui.receipt.field-${name}`)}
      numeric={name === 'amount'}
      value={typed[name]}
      error={tried && wrong ? text('legal.ui.form.needed') : undefined}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
    />
  );
  return (
    <FormDialog title={text('legal.ui.receipt.tell')} action={text('legal.ui.receipt.tell')} busy={act.isPending} error={act.error} onSubmit={submit} onClose={onClose}>
      <p className="t2">{text('legal.ui.receipt.note')}</p>
      {field('on', !on)}
      {field('amount', !amount)}
      {field('reference', typed.reference.trim() === '')}
    </FormDialog>
  );
}
