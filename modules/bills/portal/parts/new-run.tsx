'use client';
import { useAct } from '@komplat/api-client';
import { Button, Dialog, DialogForm, shiftPeriod, TextField, toast, usePeriod, useRouter, useStandstill, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { RunDetail } from '../../contract/index.ts';

const MONTH = /^(19|20)\d{2}-(0[1-9]|1[0-2])$/;

/** Plans a mass run: the month, and a house or a district when it is not the whole city. */
export function NewRun(): ReactNode {
  const text = useText();
  const router = useRouter();
  const still = useStandstill();
  const { period } = usePeriod();
  const [open, setOpen] = useState(false);
  const [month, setMonth] = useState(shiftPeriod(period, -1));
  const [house, setHouse] = useState('');
  const [district, setDistrict] = useState('');
  const act = useAct<RunDetail>(['bills/', 'administration/home', 'administration/processes']);
  const wrong = MONTH.test(month) ? undefined : text('bills.ui.new.month-wrong');
  const submit = (): void => {
    if (wrong) return;
    const json = { month, ...(house.trim() ? { house: house.trim() } : {}), ...(district.trim() ? { district: Number(district) } : {}) };
    act.mutate(
      { path: 'bills/runs', options: { json } },
      {
        onSuccess: (run) => {
          toast.done(text('bills.ui.new.planned'), text('bills.ui.new.planned-text', { count: run.planned, jobs: run.jobs }));
          router.push(`/bills/${run.id}`);
        },
      },
    );
  };
  return (
    <>
      <Button kind="primary" icon="print" why={still} onClick={() => setOpen(true)}>
        {text('bills.ui.new.button')}
      </Button>
      <Dialog open={open} title={text('bills.ui.new.title')} onClose={() => setOpen(false)}>
        <DialogForm
          action={text('bills.ui.new.submit')}
          busy={act.isPending}
          error={act.error}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          <p>{text('bills.ui.new.effect')}</p>
          <TextField label={text('bills.ui.new.month')} value={month} error={wrong} hint={text('bills.ui.new.month-hint')} onChange={(event) => setMonth(event.target.value)} />
          <TextField label={text('bills.ui.new.district')} optional numeric value={district} onChange={(event) => setDistrict(event.target.value.replaceAll(/\D/g, ''))} />
          <TextField label={text('bills.ui.new.house')} optional value={house} hint={text('bills.ui.new.house-hint')} onChange={(event) => setHouse(event.target.value)} />
        </DialogForm>
      </Dialog>
    </>
  );
}
