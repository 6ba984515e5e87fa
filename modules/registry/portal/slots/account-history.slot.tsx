'use client';
import type { SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import { FieldHistoryList } from '../parts/field-history.tsx';

/** Who changed which field of the account. */
export const Slot = ({ subject }: SlotProps): ReactNode => <FieldHistoryList key={subject} number={subject} />;
