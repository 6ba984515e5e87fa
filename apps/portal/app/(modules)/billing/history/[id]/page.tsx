// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/billing/portal/pages/history-file.page.tsx';
import { titled } from '../../../../../src/title.ts';

export const generateMetadata = titled('billing.ui.history.title');

export default function Page() {
  return (
    <Guarded permission="billing.history.read">
      <Content />
    </Guarded>
  );
}
