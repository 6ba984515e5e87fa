import type { ReactNode } from 'react';

/** The mark of the product. */
export const Mark = ({ size = 22 }: { size?: number }): ReactNode => (
  <svg className="mark" width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
    <rect x="1" y="1" width="20" height="20" rx="5" fill="currentColor" />
    <path
      d="M7 5.5v11M7 11.6l4.2-4.1M9.2 9.6l3.4 6.9"
      stroke="var(--color-surface)"
      strokeWidth="2"
      fill="none"
      strokeLinecap="square"
    />
    <path d="M13.6 6.5h2.6M13.6 9.5h2.6" stroke="var(--color-surface)" strokeWidth="1.6" opacity=".75" />
  </svg>
);
