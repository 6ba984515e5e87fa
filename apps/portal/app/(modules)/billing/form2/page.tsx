// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/billing/portal/pages/form2.page.tsx';
import { titled } from '../../../../src/title.ts';

export const generateMetadata = titled('billing.ui.form2.title');

export default function Page() {
  return (
    <Guarded permission="billing.form2.make">
      <Content />
    </Guarded>
  );
}
