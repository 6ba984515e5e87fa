// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/payments/portal/pages/suspense.page.tsx';
import { titled } from '../../../../src/title.ts';

export const generateMetadata = titled('payments.ui.suspense.title');

export default function Page() {
  return (
    <Guarded permission="payments.suspense.read">
      <Content />
    </Guarded>
  );
}
