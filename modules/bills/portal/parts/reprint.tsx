'use client';
import { Button, Card, TextField, useSave, useText } from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';

/** The sheet of one account out of a run, as it was printed: for a torn or lost one. */
export function Reprint({ run }: { run: string }): ReactNode {
  const text = useText();
  const [busy, save] = useSave();
  const [account, setAccount] = useState('');
  const number = account.replaceAll(/\D/g, '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save(`bills/runs/${run}/pages/${number}.pdf`, {}, `bill-${number}.pdf`);
  };
  return (
    <Card padded title={text('bills.ui.run.reprint')}>
      <form className="row wrap" onSubmit={submit}>
        <TextField label={text('bills.ui.run.account')} numeric value={account} hint={text('bills.ui.run.reprint-hint')} onChange={(event) => setAccount(event.target.value)} />
        <Button type="submit" icon="print" busy={busy} why={number.length === 10 ? undefined : text('bills.ui.run.reprint-hint')}>
          {text('bills.ui.run.reprint-act')}
        </Button>
      </form>
    </Card>
  );
}
