// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/billing/portal/pages/close.page.tsx';
import { titled } from '../../../../../src/title.ts';

export const generateMetadata = titled('billing.ui.close.title');

export default function Page() {
  return (
    <Guarded permission="billing.close.read">
      <Content />
    </Guarded>
  );
}
