// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import uk0 from '../../../../modules/platform/ui/messages/uk.json' with { type: 'json' };
import uk1 from '../../messages/uk.json' with { type: 'json' };
import uk2 from '../../../../modules/administration/contract/messages/ui.uk.json' with { type: 'json' };
import uk3 from '../../../../modules/administration/contract/messages/uk.json' with { type: 'json' };
import uk4 from '../../../../modules/billing/contract/messages/ui.uk.json' with { type: 'json' };
import uk5 from '../../../../modules/billing/contract/messages/uk.json' with { type: 'json' };
import uk6 from '../../../../modules/metering/contract/messages/uk.json' with { type: 'json' };
import uk7 from '../../../../modules/payments/contract/messages/ui.uk.json' with { type: 'json' };
import uk8 from '../../../../modules/payments/contract/messages/uk.json' with { type: 'json' };
import uk9 from '../../../../modules/registry/contract/messages/ui.uk.json' with { type: 'json' };
import uk10 from '../../../../modules/registry/contract/messages/uk.json' with { type: 'json' };
import uk11 from '../../../../modules/tariffs/contract/messages/uk.json' with { type: 'json' };
import en0 from '../../../../modules/platform/ui/messages/en.json' with { type: 'json' };
import en1 from '../../messages/en.json' with { type: 'json' };
import en2 from '../../../../modules/administration/contract/messages/en.json' with { type: 'json' };
import en3 from '../../../../modules/administration/contract/messages/ui.en.json' with { type: 'json' };
import en4 from '../../../../modules/billing/contract/messages/en.json' with { type: 'json' };
import en5 from '../../../../modules/billing/contract/messages/ui.en.json' with { type: 'json' };
import en6 from '../../../../modules/metering/contract/messages/en.json' with { type: 'json' };
import en7 from '../../../../modules/payments/contract/messages/en.json' with { type: 'json' };
import en8 from '../../../../modules/payments/contract/messages/ui.en.json' with { type: 'json' };
import en9 from '../../../../modules/registry/contract/messages/en.json' with { type: 'json' };
import en10 from '../../../../modules/registry/contract/messages/ui.en.json' with { type: 'json' };
import en11 from '../../../../modules/tariffs/contract/messages/en.json' with { type: 'json' };

type Catalogue = Readonly<Record<string, string>>;

/** Texts of the portal by language. */
export const catalogues: Readonly<Record<'uk' | 'en', readonly Catalogue[]>> = {
  uk: [uk0, uk1, uk2, uk3, uk4, uk5, uk6, uk7, uk8, uk9, uk10, uk11],
  en: [en0, en1, en2, en3, en4, en5, en6, en7, en8, en9, en10, en11],
};
