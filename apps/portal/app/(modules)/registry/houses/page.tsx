// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/registry/portal/pages/houses.page.tsx';
import { titled } from '../../../../src/title.ts';

export const generateMetadata = titled('registry.ui.houses.title');

export default function Page() {
  return (
    <Guarded permission="registry.account.read">
      <Content />
    </Guarded>
  );
}
