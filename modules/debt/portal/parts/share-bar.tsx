import type { ReactNode } from 'react';

const WHOLE = 100;

/** Part of a whole in hundredths of a per cent as a number, only to draw: sums are never added here. */
export function shareOf(part: string, whole: string): number {
  const [a, b] = [BigInt(part.replace('.', '')), BigInt(whole.replace('.', ''))];
  return b <= 0n || a <= 0n ? 0 : Number((a * BigInt(WHOLE) * 100n) / b) / 100;
}

/** One bar of a simple chart; the figure beside it carries the meaning. */
export const ShareBar = ({ share, kind = 'acc' }: { share: number; kind?: 'acc' | 'warn' | 'bad' }): ReactNode => (
  <div className="bar" aria-hidden="true" style={{ minWidth: 120 }}>
    <i className={kind} style={{ width: `${Math.min(WHOLE, share)}%` }} />
  </div>
);
