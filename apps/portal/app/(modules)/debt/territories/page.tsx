// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/debt/portal/pages/territories.page.tsx';
import { titled } from '../../../../src/title.ts';

export const generateMetadata = titled('debt.ui.territories.title');

export default function Page() {
  return (
    <Guarded permission="debt.read">
      <Content />
    </Guarded>
  );
}
