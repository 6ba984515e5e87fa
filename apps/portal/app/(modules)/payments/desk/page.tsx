// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/payments/portal/pages/desk.page.tsx';
import { titled } from '../../../../src/title.ts';

export const generateMetadata = titled('payments.ui.desk.title');

export default function Page() {
  return (
    <Guarded permission="payments.accept">
      <Content />
    </Guarded>
  );
}
