'use client';
import { useRead } from '@komplat/api-client';
import { AppLink, Card, StatusPill, useText, type SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { FindingList } from '../../contract/index.ts';
import { SEVERITY_PILL } from '../parts/findings-table.tsx';

const SHOWN = 8;

/** What the rules found on this account; nothing found takes no place. */
export function Slot({ subject }: SlotProps): ReactNode {
  const text = useText();
  const { data } = useRead<FindingList>('registry/findings', { account: subject, limit: SHOWN });
  if (!data || data.items.length === 0) return null;
  const all = <AppLink href={`/registry/accounts/${subject}?tab=findings`}>{text('registry.ui.findings.all')}</AppLink>;
  return (
    <Card padded title={text('registry.ui.findings.here')} right={all}>
      <ul className="stack" style={{ gap: 6 }}>
        {data.items.map((item) => (
          <li key={item.id}>
            <StatusPill kind={SEVERITY_PILL[item.severity]}>{text(`registry.ui.severity.${item.severity}`)}</StatusPill> {text(item.title)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
