'use client';
import { useAct } from '@komplat/api-client';
import { Button, Dialog, DialogForm, shiftPeriod, TextField, toast, usePeriod, useRouter, useStandstill, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { RunDetail, RunView } from '../../contract/index.ts';

const MONTH = /^(19|20)\d{2}-(0[1-9]|1[0-2])$/;

const ACCOUNT = /^\d{10}$/;

/** Plans a mass run of print or of letters: the month, and a district, a house or one account when it is not the whole city. */
export function NewRun({ kind }: { kind: RunView['kind'] }): ReactNode {
  const text = useText();
  const router = useRouter();
  const still = useStandstill();
  const { period } = usePeriod();
  const [open, setOpen] = useState(false);
  const [month, setMonth] = useState(shiftPeriod(period, -1));
  const [house, setHouse] = useState('');
  const [district, setDistrict] = useState('');
  const [account, setAccount] = useState('');
  const act = useAct<RunDetail>(['bills/', 'administration/home', 'administration/processes']);
  const word = (name: string): string => text(kind === 'mail' ? `bills.ui.new.mail-${name}` : `bills.ui.new.${name}`);
  const wrong = MONTH.test(month) ? undefined : text('bills.ui.new.month-wrong');
  const wrongAccount = account === '' || ACCOUNT.test(account) ? undefined : text('bills.ui.new.account-wrong');
  const submit = (): void => {
    if (wrong || wrongAccount) return;
    const json = {
      kind, month, ...(house.trim() ? { house: house.trim() } : {}), ...(district.trim() ? { district: Number(district) } : {}),
      ...(account ? { account } : {}),
    };
    act.mutate(
      { path: 'bills/runs', options: { json } },
      {
        onSuccess: (run) => {
          toast.done(word('planned'), text('bills.ui.new.planned-text', { count: run.planned, jobs: run.jobs }));
          router.push(`/bills/${run.id}`);
        },
      },
    );
  };
  return (
    <>
      <Button {...(kind === 'print' ? { kind: 'primary' } : {})} icon={kind === 'mail' ? 'inbox' : 'print'} why={still} onClick={() => setOpen(true)}>
        {word('button')}
      </Button>
      <Dialog open={open} title={word('title')} onClose={() => setOpen(false)}>
        <DialogForm
          action={word('submit')}
          busy={act.isPending}
          error={act.error}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          <p>{word('effect')}</p>
          <TextField label={text('bills.ui.new.month')} type="month" value={month} error={wrong} onChange={(event) => setMonth(event.target.value)} />
          <TextField label={text('bills.ui.new.district')} optional numeric value={district} onChange={(event) => setDistrict(event.target.value.replaceAll(/\D/g, ''))} />
          <TextField label={text('bills.ui.new.house')} optional value={house} hint={text('bills.ui.new.house-hint')} onChange={(event) => setHouse(event.target.value)} />
          <TextField label={text('bills.ui.new.account')} optional numeric value={account} error={wrongAccount} hint={text('bills.ui.new.account-hint')} onChange={(event) => setAccount(event.target.value.replaceAll(/\D/g, ''))} />
        </DialogForm>
      </Dialog>
    </>
  );
}
