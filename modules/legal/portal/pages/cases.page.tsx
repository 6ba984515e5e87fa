'use client';
import { ButtonLink, Card, PageHeader, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import { CaseTable } from '../parts/case-table.tsx';

/** Cases of the legal service: what is urgent stands on top. */
export function Page(): ReactNode {
  const text = useText();
  return (
    <>
      <PageHeader
        title={text('legal.ui.cases.title')}
        text={text('legal.ui.cases.text')}
        actions={
          <ButtonLink href="/legal/case-lists" icon="file-input">
            {text('legal.ui.lists.title')}
          </ButtonLink>
        }
      />
      <Card>
        <CaseTable title={text('legal.ui.cases.title')} />
      </Card>
    </>
  );
}
