import { askVerify } from '@komplat/bills/portal/parts/verify-answer.ts';
import { VerifyView } from '@komplat/bills/portal/parts/verify.tsx';
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { titled } from '../../../src/title.ts';

export const dynamic = 'force-dynamic';
export const generateMetadata = titled('bills.ui.verify.title');

/** Page of a printed bill's code: outside of the sign-in, drawn on the server, without scripts of its own. */
export default async function Page({ params }: { params: Promise<{ code: string }> }): Promise<ReactNode> {
  const [{ code: sent }, say, asked] = await Promise.all([params, getTranslations(), headers()]);
  const code = decodeURIComponent(sent).slice(0, 40);
  const answer = await askVerify(process.env['API_URL'], code, asked.get('x-forwarded-for') ?? '');
  return <VerifyView code={code} answer={answer} say={say} />;
}
