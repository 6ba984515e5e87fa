'use client';
import type { SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import { FindingsTable, StateFilter } from '../parts/findings-table.tsx';

/** Findings of the account: open ones, and by the filter those that were put aside or are gone. */
export const Slot = ({ subject }: SlotProps): ReactNode => <FindingsTable account={subject} filters={<StateFilter />} />;
