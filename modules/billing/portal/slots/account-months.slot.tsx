'use client';
import type { SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import { HistoryTable } from '../parts/account-history.tsx';

/** All months of the account. */
export const Slot = ({ subject }: SlotProps): ReactNode => <HistoryTable key={subject} number={subject} />;
