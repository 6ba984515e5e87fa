'use client';
import { useRead } from '@komplat/api-client';
import { AppLink, Card, Empty, formatAccount, Frame, PageHeader, useRouter, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountFacts } from '../../contract/index.ts';
import { ChangeForm } from '../parts/change-form.tsx';

/** Change of the facts of a card: form, what it would change in fields and money, saving or proposing. */
export function Page(): ReactNode {
  const text = useText();
  const number = useRouter().params['number'] ?? '';
  const read = useRead<AccountFacts>(`registry/accounts/${encodeURIComponent(number)}/facts`);
  const missing = (
    <Card>
      <Empty icon="search" title={text('registry.ui.card.missing')} text={text('registry.ui.card.missing-text')} />
    </Card>
  );
  return (
    <>
      <PageHeader
        title={text('registry.ui.change.title', { number: formatAccount(number) })}
        text={text('registry.ui.change.text')}
        actions={<AppLink href={`/registry/accounts/${number}`}>{text('registry.ui.change.back')}</AppLink>}
      />
      <Frame read={read} rows={8} missing={missing}>
        {(facts) => <ChangeForm key={facts.version} number={number} facts={facts} />}
      </Frame>
    </>
  );
}
