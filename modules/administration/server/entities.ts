import { defineEntity, p } from '@mikro-orm/core';

const schema = 'administration';

export const AppUser = defineEntity({
  name: 'AdministrationAppUser',
  schema,
  tableName: 'app_user',
  properties: {
    login: p.text().primary(),
    subject: p.text().nullable(),
    fullName: p.text().fieldName('full_name'),
    firstSeen: p.datetime().columnType('timestamptz').fieldName('first_seen'),
    lastSeen: p.datetime().columnType('timestamptz').fieldName('last_seen').nullable(),
    settings: p.json(),
  },
});

export const RolePermission = defineEntity({
  name: 'AdministrationRolePermission',
  schema,
  tableName: 'role_permission',
  properties: {
    role: p.text().primary(),
    permission: p.text().primary(),
  },
});

export const Setting = defineEntity({
  name: 'AdministrationSetting',
  schema,
  tableName: 'setting',
  properties: {
    key: p.text().primary(),
    value: p.json(),
    changedBy: p.text().fieldName('changed_by'),
    changedAt: p.datetime().columnType('timestamptz').fieldName('changed_at'),
  },
});

export const UserScope = defineEntity({
  name: 'AdministrationUserScope',
  schema,
  tableName: 'user_scope',
  properties: {
    login: p.text().primary(),
    kind: p.text().primary(),
    value: p.text().primary(),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const PermissionOffered = defineEntity({
  name: 'AdministrationPermissionOffered',
  schema,
  tableName: 'permission_offered',
  properties: {
    permission: p.text().primary(),
  },
});

export const administrationEntities = [AppUser, PermissionOffered, RolePermission, Setting, UserScope] as const;
