import type { ReactNode } from 'react';
import { Shell } from '../../src/shell/shell.tsx';

/** All pages of modules stand inside the shell; the shell asks who is there. */
export default function ModulesLayout({ children }: { children: ReactNode }): ReactNode {
  return <Shell>{children}</Shell>;
}
