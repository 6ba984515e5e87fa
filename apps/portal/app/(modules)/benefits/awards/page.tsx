// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/benefits/portal/pages/awards.page.tsx';
import { titled } from '../../../../src/title.ts';

export const generateMetadata = titled('benefits.ui.awards.title');

export default function Page() {
  return (
    <Guarded permission="benefits.read">
      <Content />
    </Guarded>
  );
}
