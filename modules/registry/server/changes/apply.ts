import type { Change } from '../../contract/change.schema.ts';
import type { SupplyChanges } from '../../contract/supply-changes.ts';
import { changeContact, endContact } from './contacts.ts';
import type { ChangeWork } from './context.ts';
import { addResident, changeHolder, correctResidence, endOwner, endResidence, setOwner } from './household.ts';
import { changeConsent, changePerson } from './people.ts';
import { changeEquipment, changePremises } from './premises.ts';
import { changeSupply } from './supplies.ts';

/** Makes one change; a refusal leaves nothing behind, because the whole request is one transaction. */
export async function applyChange(work: ChangeWork, change: Change, supplies: () => SupplyChanges): Promise<void> {
  switch (change.kind) {
    case 'premises':
      return changePremises(work, change);
    case 'equipment':
      return changeEquipment(work, change);
    case 'resident-add':
      return addResident(work, change);
    case 'resident-end':
      return endResidence(work, change);
    case 'resident-dates':
      return correctResidence(work, change);
    case 'holder':
      return changeHolder(work, change);
    case 'owner':
      return setOwner(work, change);
    case 'owner-end':
      return endOwner(work, change);
    case 'person':
      return changePerson(work, change);
    case 'consent':
      return changeConsent(work, change);
    case 'contact':
      return changeContact(work, change);
    case 'contact-end':
      return endContact(work, change);
    case 'supply-add':
    case 'supply-change':
    case 'supply-end':
      return changeSupply(work, change, supplies());
  }
}
