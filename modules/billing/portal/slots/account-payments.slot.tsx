'use client';
import type { SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import { PaymentsTable } from '../parts/account-payments.tsx';

/** All payments of the account. */
export const Slot = ({ subject }: SlotProps): ReactNode => <PaymentsTable key={subject} number={subject} />;
