import { Migration } from '@mikro-orm/migrations';

/** Permissions that were given to their first roles already. */
const OFFERED = `
create table administration.permission_offered (permission text not null primary key);
insert into administration.permission_offered select distinct permission from administration.role_permission;
`;

/** Creates the memory of the permissions that the system knew. */
export class AdministrationPermissionsOffered extends Migration {
  up(): void {
    this.addSql(OFFERED);
  }
}
