'use client';
import { ButtonLink, useCan, useText } from '@komplat/ui';
import type { ReactNode } from 'react';

/** Who may open the form of changes: to save, or to propose. */
export const EDITORS = ['registry.account.edit', 'registry.proposal.desk', 'registry.proposal.department'];

/** Ways from the card to what may be done with it: change of facts, the account as such, history of fields. */
export function CardLinks({ number }: { number: string }): ReactNode {
  const text = useText();
  const can = useCan();
  const at = (tail: string): string => `/registry/accounts/${number}/${tail}`;
  return (
    <>
      {EDITORS.some(can) && (
        <ButtonLink href={at('change')} icon="account">
          {text('registry.ui.change.open')}
        </ButtonLink>
      )}
      {can('registry.account.manage') && (
        <ButtonLink href={at('manage')} icon="settings">
          {text('registry.ui.manage.open')}
        </ButtonLink>
      )}
      <ButtonLink href={at('history')} icon="history">
        {text('registry.ui.history.open')}
      </ButtonLink>
    </>
  );
}
