'use client';
import { useAct, useRefresh } from '@komplat/api-client';
import {
  Button, Dialog, DialogForm, formatCount, ReasonDialog, toast, useCan, useErrorText, useSave, useSearchState, useText, type Marks,
} from '@komplat/ui';
import { useId, useState, type ReactNode } from 'react';
import type { ClaimDone, ClaimRowOutcomes, ClaimRunView } from '../../contract/index.ts';
import { useSum } from './claim-look.tsx';

const TOUCHES = ['legal/claim', 'administration/'];
type Act = 'exclude' | 'restore' | 'recheck' | 'submit';

/** One act over a run, with its reason. */
function ActDialog(props: { run: ClaimRunView; act: Act; body: object; title: string; effect: string; onClose: () => void }): ReactNode {
  const text = useText();
  const act = useAct<ClaimDone>(TOUCHES);
  const submit = (reason: string): void =>
    act.mutate(
      { path: `legal/claims/${props.run.id}/${props.act}`, options: { json: { ...props.body, reason } } },
      {
        onSuccess: ({ changed }) => {
          toast.done(text('legal.ui.claims.done', { count: formatCount(changed) }));
          props.onClose();
        },
      },
    );
  return (
    <ReasonDialog
      open
      title={props.title}
      effect={props.effect}
      action={text(`legal.ui.claims.${props.act}`)}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={props.onClose}
    />
  );
}

/** What may be done with the marked items. */
export function MarkedActs({ run, marks }: { run: ClaimRunView; marks: Marks }): ReactNode {
  const text = useText();
  const can = useCan();
  const [search] = useSearchState();
  const [asked, setAsked] = useState<'exclude' | 'restore' | null>(null);
  if (!can('legal.claim.prepare')) return null;
  const filter = Object.fromEntries(['outcome', 'provider', 'kind', 'finding'].flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])));
  const count = formatCount(marks.count);
  return (
    <>
      {(['exclude', 'restore'] as const).map((act) => (
        <Button key={act} size="small" onClick={() => setAsked(act)}>
          {text(`legal.ui.claims.${act}`)}
        </Button>
      ))}
      {asked && (
        <ActDialog
          run={run}
          act={asked}
          body={marks.all ? { filter } : { items: [...marks.ids] }}
          title={text(`legal.ui.claims.${asked}-ask`, { count })}
          effect={text(`legal.ui.claims.${asked}-effect`)}
          onClose={() => {
            marks.clear();
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

/** Lines of filed packs, typed or pasted from a list file; what becomes of every one is told. */
function FilingDialog({ run, onClose }: { run: ClaimRunView; onClose: () => void }): ReactNode {
  const text = useText();
  const id = useId();
  const sentence = useText();
  const act = useAct<ClaimRowOutcomes>(TOUCHES);
  const [lines, setLines] = useState('');
  const submit = (): void => act.mutate({ path: `legal/claims/${run.id}/filing-list`, options: { json: { text: lines } } });
  const refused = act.data?.rows.filter((row) => !row.done) ?? [];
  return (
    <Dialog open title={text('legal.ui.claims.filing')} onClose={onClose}>
      <DialogForm
        action={text('legal.ui.claims.filing')}
        busy={act.isPending}
        error={act.error}
        onSubmit={submit}
        onClose={onClose}
      >
        <div className="f">
          <label htmlFor={id}>{text('legal.ui.claims.filing-label')}</label>
          <textarea id={id} className="input tnum" rows={8} value={lines} onChange={(event) => setLines(event.target.value)} />
          <span className="hint">{text('legal.ui.claims.filing-text')}</span>
        </div>
        {act.data && (
          <div role="status">
            {text('legal.ui.claims.filing-done', { done: formatCount(act.data.done), refused: formatCount(act.data.refused) })}
            <ul>
              {refused.map((row, at) => (
                <li key={`${row.row}-${at}`} className="bad">
                  {row.row}: {sentence(`error.${row.code ?? ''}`, row.params)}
                </li>
              ))}
            </ul>
          </div>
        )}
      </DialogForm>
    </Dialog>
  );
}

/** Acts over the whole run. */
export function RunActs({ run }: { run: ClaimRunView }): ReactNode {
  const text = useText();
  const can = useCan();
  const sum = useSum();
  const sentence = useErrorText();
  const refresh = useRefresh();
  const [busy, save] = useSave();
  const match = useAct<ClaimRowOutcomes>(TOUCHES);
  const [asked, setAsked] = useState<'recheck' | 'submit' | 'filing' | null>(null);
  const packed = run.outcomes.find(({ outcome }) => outcome === 'packed');
  const onClose = (): void => {
    setAsked(null);
    refresh(['legal/claims']);
  };
  const matchFees = (): void =>
    match.mutate(
      { path: `legal/claims/${run.id}/fees/match`, options: { json: {} } },
      {
        onSuccess: ({ done }) => toast.done(text('legal.ui.claims.fees-matched', { count: formatCount(done) })),
        onError: (error) => toast.failed(text('legal.ui.claims.fees-match'), sentence(error)),
      },
    );
  return (
    <>
      <Button busy={busy} icon="file-down" onClick={() => void save(`legal/claims/${run.id}/fees/file`, { format: 'xlsx' }, 'fees.xlsx')}>
        {text('legal.ui.claims.fees-file')}
      </Button>
      {can('legal.claim.file') && (
        <>
          <Button busy={match.isPending} onClick={matchFees}>
            {text('legal.ui.claims.fees-match')}
          </Button>
          <Button onClick={() => setAsked('filing')}>{text('legal.ui.claims.filing')}</Button>
        </>
      )}
      {can('legal.claim.prepare') && (
        <>
          <Button onClick={() => setAsked('recheck')}>{text('legal.ui.claims.recheck')}</Button>
          <Button kind="primary" why={packed ? undefined : text('legal.ui.claims.submit-none')} onClick={() => setAsked('submit')}>
            {text('legal.ui.claims.submit')}
          </Button>
        </>
      )}
      {asked === 'filing' && <FilingDialog run={run} onClose={onClose} />}
      {(asked === 'recheck' || asked === 'submit') && (
        <ActDialog
          run={run}
          act={asked}
          body={{}}
          title={text(`legal.ui.claims.${asked}`)}
          effect={text(`legal.ui.claims.${asked}-effect`, { count: formatCount(packed?.count ?? 0), sum: sum(packed?.total ?? '0.00') })}
          onClose={onClose}
        />
      )}
    </>
  );
}
