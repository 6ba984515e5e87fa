'use client';
import { useAct, useRefresh } from '@komplat/api-client';
import {
  Button, formatCount, ReasonDialog, toast, useCan, useErrorText, useSave, useSearchState, useText, type Marks,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { ClaimDone, ClaimRowOutcomes, ClaimRunView } from '../../contract/index.ts';
import { CLAIM_TOUCHES, FilingListDialog, FilingMarkedDialog } from './claim-filing.tsx';
import { useSum } from './claim-look.tsx';

type Act = 'exclude' | 'restore' | 'recheck' | 'submit';

/** One act over a run, with its reason. */
function ActDialog(props: { run: ClaimRunView; act: Act; body: object; title: string; effect: string; onClose: () => void }): ReactNode {
  const text = useText();
  const act = useAct<ClaimDone>(CLAIM_TOUCHES);
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
  const [asked, setAsked] = useState<'exclude' | 'restore' | 'filing' | null>(null);
  const acts = (['exclude', 'restore', 'filing'] as const).filter((act) => can(act === 'filing' ? 'legal.claim.file' : 'legal.claim.prepare'));
  const filter = Object.fromEntries(['outcome', 'provider', 'court', 'kind', 'finding'].flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])));
  const which = marks.all ? { filter } : { items: [...marks.ids] };
  const count = formatCount(marks.count);
  const onClose = (): void => {
    marks.clear();
    setAsked(null);
  };
  return (
    <>
      {acts.map((act) => (
        <Button key={act} size="small" onClick={() => setAsked(act)}>
          {text(`legal.ui.claims.${act}`)}
        </Button>
      ))}
      {asked === 'filing' && <FilingMarkedDialog runId={run.id} which={which} count={marks.count} onClose={onClose} />}
      {(asked === 'exclude' || asked === 'restore') && (
        <ActDialog
          run={run}
          act={asked}
          body={which}
          title={text(`legal.ui.claims.${asked}-ask`, { count })}
          effect={text(`legal.ui.claims.${asked}-effect`)}
          onClose={onClose}
        />
      )}
    </>
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
  const match = useAct<ClaimRowOutcomes>(CLAIM_TOUCHES);
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
      {asked === 'filing' && <FilingListDialog runId={run.id} onClose={onClose} />}
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
