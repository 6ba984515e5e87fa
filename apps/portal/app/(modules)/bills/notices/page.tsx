// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/bills/portal/pages/notices.page.tsx';
import { titled } from '../../../../src/title.ts';

export const generateMetadata = titled('bills.ui.notices.title');

export default function Page() {
  return (
    <Guarded permission="bills.read">
      <Content />
    </Guarded>
  );
}
