// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/legal/portal/pages/register-list.page.tsx';
import { titled } from '../../../../../src/title.ts';

export const generateMetadata = titled('legal.ui.lists.title');

export default function Page() {
  return (
    <Guarded permission="legal.case.read">
      <Content />
    </Guarded>
  );
}
