// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/tariffs/portal/pages/values.page.tsx';
import { titled } from '../../../../src/title.ts';

export const generateMetadata = titled('tariffs.ui.title');

export default function Page() {
  return (
    <Guarded permission="tariffs.read">
      <Content />
    </Guarded>
  );
}
