'use client';
import { useAct } from '@komplat/api-client';
import { Dialog, DialogForm, formatDay, parseDay, TextField, toast, useMe, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CertificateItem } from '../../contract/index.ts';

const MIN_PURPOSE = 3;

/** Issues a certificate of the state of payments: the day and for whom. Pressed twice it is one certificate. */
function CertificateForm({ number, onClose }: { number: string; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const [day, setDay] = useState(formatDay(today));
  const [purpose, setPurpose] = useState('');
  const [tried, setTried] = useState(false);
  const act = useAct<CertificateItem>([`billing/accounts/${number}/certificates`]);
  const asOf = parseDay(day, today);
  const dayIsWrong = asOf === undefined || asOf > today;
  const purposeIsShort = purpose.trim().length < MIN_PURPOSE;
  const submit = (): void => {
    setTried(true);
    if (dayIsWrong || purposeIsShort) return;
    act.mutate(
      {
        path: `billing/accounts/${number}/certificates`,
        options: { json: { asOf, purpose: purpose.trim() } },
      },
      {
        onSuccess: (made) => {
          toast.done(text('billing.ui.certificate.done', { number: made.number }));
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      action={text('billing.ui.certificate.issue')}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="t2">{text('billing.ui.certificate.text')}</p>
      <TextField
        label={text('billing.ui.certificate.as-of')}
        name="asOf"
        inputMode="numeric"
        value={day}
        error={tried && dayIsWrong ? text('billing.ui.certificate.day-wrong', { day: formatDay(today) }) : undefined}
        onChange={(event) => setDay(event.target.value)}
      />
      <TextField
        label={text('billing.ui.certificate.purpose')}
        name="purpose"
        value={purpose}
        error={tried && purposeIsShort ? text('billing.ui.certificate.purpose-wrong') : undefined}
        onChange={(event) => setPurpose(event.target.value)}
      />
    </DialogForm>
  );
}

/** The form above the card. */
export function CertificateDialog({ number, open, onClose }: { number: string; open: boolean; onClose: () => void }): ReactNode {
  const text = useText();
  return (
    <Dialog open={open} title={text('billing.ui.certificate.title')} onClose={onClose}>
      <CertificateForm number={number} onClose={onClose} />
    </Dialog>
  );
}
