'use client';
import { AppLink, formatAccount, PageHeader, useRouter, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import { FieldHistoryList } from '../parts/field-history.tsx';

/** The history of the fields of a card on a page of its own. */
export function Page(): ReactNode {
  const text = useText();
  const number = useRouter().params['number'] ?? '';
  return (
    <>
      <PageHeader
        title={text('registry.ui.history.of', { number: formatAccount(number) })}
        text={text('registry.ui.history.text')}
        actions={<AppLink href={`/registry/accounts/${number}`}>{text('registry.ui.change.back')}</AppLink>}
      />
      <FieldHistoryList number={number} />
    </>
  );
}
