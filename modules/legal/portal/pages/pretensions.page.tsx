'use client';
import { Button, Card, PageHeader, useCan, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { CaseTable } from '../parts/case-table.tsx';
import { PretensionDialog } from '../parts/pretension-dialog.tsx';

/** Cases before the court: pretensions, their service and answers. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageHeader
        title={text('legal.ui.pretensions.title')}
        text={text('legal.ui.pretensions.text')}
        actions={
          can('legal.case.act') && (
            <Button kind="primary" icon="announcement" onClick={() => setOpen(true)}>
              {text('legal.ui.pretensions.new')}
            </Button>
          )
        }
      />
      <Card>
        <CaseTable title={text('legal.ui.pretensions.title')} only="pretension" />
      </Card>
      {isOpen && <PretensionDialog onClose={() => setOpen(false)} />}
    </>
  );
}
