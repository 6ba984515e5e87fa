'use client';
import { type PillKind, StatusPill, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { PackRow, TemplateVersion } from '../../contract/index.ts';

const PACK: Readonly<Record<PackRow['state'], PillKind>> = { issued: 'info', signed: 'ok', withdrawn: 'idle' };
const TEMPLATE: Readonly<Record<TemplateVersion['state'], PillKind>> = { draft: 'info', waiting: 'appr', approved: 'ok', rejected: 'bad' };

export function PackStatePill({ state }: { state: PackRow['state'] }): ReactNode {
  const text = useText();
  return <StatusPill kind={PACK[state]}>{text(`legal.ui.packs.state.${state}`)}</StatusPill>;
}
export function TemplateStatePill({ state }: { state: TemplateVersion['state'] }): ReactNode {
  const text = useText();
  return <StatusPill kind={TEMPLATE[state]}>{text(`legal.ui.templates.state.${state}`)}</StatusPill>;
}
