'use client';
import { useAct } from '@komplat/api-client';
import {
  MIN_REASON, TextField, toast, useRouter, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CaseOpened } from '../../contract/index.ts';
import { FormDialog } from './form-dialog.tsx';

/** Opens a case by a pretension: account, creditor, why. */
export function PretensionDialog({ onClose }: { onClose: () => void }): ReactNode {
  const text = useText();
  const router = useRouter();
  const act = useAct<CaseOpened>(['legal/', 'debt/']);
  const [typed, setTyped] = useState({ account: '', provider: '', reason: '' });
  const [tried, setTried] = useState(false);
  const missing = (value: string): string | undefined => (tried && value.trim() === '' ? text('legal.ui.form.needed') : undefined);
  const isShort = typed.reason.trim().length < MIN_REASON;
  const submit = (): void => {
    setTried(true);
    if (isShort || typed.account.trim() === '' || typed.provider.trim() === '') return;
    const json = { account: typed.account.trim(), provider: typed.provider.trim(), reason: typed.reason.trim() };
    act.mutate(
      { path: 'legal/pretensions', options: { json } },
      {
        onSuccess: ({ caseId, number }) => {
          toast.done(text('legal.ui.pretensions.opened'), number);
          router.push(`/legal/cases/${caseId}`);
        },
      },
    );
  };
  return (
    <FormDialog title={text('legal.ui.pretensions.new')} action={text('legal.ui.pretensions.open')} busy={act.isPending} error={act.error} onSubmit={submit} onClose={onClose}>
      <TextField label={text('legal.ui.case.account')} value={typed.account} error={missing(typed.account)} onChange={(event) => setTyped({ ...typed, account: event.target.value })} />
      <TextField
        label={text('legal.ui.pretensions.provider')}
        hint={text('legal.ui.pretensions.provider-hint')}
        value={typed.provider}
        error={missing(typed.provider)}
        onChange={(event) => setTyped({ ...typed, provider: event.target.value })}
      />
      <TextField
        label={text('ui.reason.label')}
        note={text('ui.reason.rule')}
        value={typed.reason}
        error={tried && isShort ? text('ui.reason.short', { min: MIN_REASON }) : undefined}
        onChange={(event) => setTyped({ ...typed, reason: event.target.value })}
      />
    </FormDialog>
  );
}
