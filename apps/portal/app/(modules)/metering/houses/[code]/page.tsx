// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/metering/portal/pages/house-meter.page.tsx';
import { titled } from '../../../../../src/title.ts';

export const generateMetadata = titled('metering.ui.houses.one');

export default function Page() {
  return (
    <Guarded permission="metering.read">
      <Content />
    </Guarded>
  );
}
