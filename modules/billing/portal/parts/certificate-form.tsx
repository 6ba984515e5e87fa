'use client';
import { useAct } from '@komplat/api-client';
import { Button, Dialog, FormFailure, formatDay, parseDay, TextField, toast, useMe, useText } from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { CertificateItem } from '../../contract/index.ts';

const MIN_PURPOSE = 3;

/** Issues a certificate of the state of payments: the day and for whom. One key a form: pressed twice it is one certificate. */
function CertificateForm({ number, onClose }: { number: string; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const [day, setDay] = useState(formatDay(today));
  const [purpose, setPurpose] = useState('');
  const [tried, setTried] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const act = useAct<CertificateItem>([`billing/accounts/${number}/certificates`]);
  const asOf = parseDay(day, today);
  const dayIsWrong = asOf === undefined || asOf > today;
  const purposeIsShort = purpose.trim().length < MIN_PURPOSE;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (dayIsWrong || purposeIsShort) return;
    act.mutate(
      {
        path: `billing/accounts/${number}/certificates`,
        options: { json: { asOf, purpose: purpose.trim() }, idempotencyKey: key },
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
    <form onSubmit={submit} noValidate>
      <div className="b">
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
        <FormFailure error={act.error} />
      </div>
      <footer>
        <Button onClick={onClose} keys={['Esc']}>
          {text('billing.ui.certificate.cancel')}
        </Button>
        <Button type="submit" kind="primary" busy={act.isPending}>
          {text('billing.ui.certificate.issue')}
        </Button>
      </footer>
    </form>
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
