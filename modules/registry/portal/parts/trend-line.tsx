'use client';
import { formatCount, formatDay, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { FindingSummary } from '../../contract/index.ts';

const [WIDTH, HEIGHT] = [140, 28];

/** Open findings by day as a small line; the words say the same. */
export function TrendLine({ points }: { points: FindingSummary['trend'] }): ReactNode {
  const text = useText();
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last || points.length < 2) return <span className="mut">{text('registry.ui.findings.no-trend')}</span>;
  const most = Math.max(...points.map(({ open }) => open), 1);
  const at = (index: number, open: number): string => `${(index * WIDTH) / (points.length - 1)},${HEIGHT - (open * (HEIGHT - 2)) / most - 1}`;
  const label = text('registry.ui.findings.trend-words', {
    from: formatDay(first.day), to: formatDay(last.day), before: formatCount(first.open), now: formatCount(last.open),
  });
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      <polyline points={points.map(({ open }, index) => at(index, open)).join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
