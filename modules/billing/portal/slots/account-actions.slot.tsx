'use client';
import { Button, ExportMenu, useKeyHelp, useKeys, usePastDays, useSave, useText, type SlotProps } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { CertificateDialog } from '../parts/certificate-form.tsx';
import { useLiveCard } from '../parts/live-card.ts';
import { useCard } from '../parts/read-card.ts';

/** Acts of billing in the head of the card: the whole card as a file, a certificate. The open card lives while this part is there. */
export function Slot({ subject }: SlotProps): ReactNode {
  const text = useText();
  const { asOf, knownAt, isNow } = usePastDays();
  const card = useCard(subject).data;
  useLiveCard(subject, isNow && card?.account.number === subject ? card.version : undefined);
  const [asks, setAsks] = useState(false);
  const [busy, save] = useSave();
  const write = (format: string): void =>
    void save(`billing/accounts/${subject}/card/file`, { format, asOf, knownAt }, `card-${subject}.${format}`);
  useKeys({
    E: () => document.querySelector<HTMLElement>('[data-tool="export"]')?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
    ),
    D: () => isNow && setAsks(true),
  });
  useKeyHelp([
    ['E', 'ui.keys.export'],
    ['D', 'billing.ui.certificate.issue'],
  ]);
  return (
    <>
      <ExportMenu
        label={text('billing.ui.actions.export')}
        title={text('billing.ui.actions.export-all')}
        formats={['xlsx', 'pdf']}
        busy={busy}
        onChoose={write}
      />
      {isNow && (
        <Button icon="file" keys={['D']} onClick={() => setAsks(true)}>
          {text('billing.ui.actions.certificate')}
        </Button>
      )}
      <CertificateDialog number={subject} open={asks} onClose={() => setAsks(false)} />
    </>
  );
}
