import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize';
import type { StaffGroup } from '../../../shared/permissions';

/** A person of the office; the login is the person's PostgreSQL role. */
export class StaffMember extends Model<InferAttributes<StaffMember>, InferCreationAttributes<StaffMember>> {
  declare id: CreationOptional<string>;
  declare login: string;
  declare displayName: string;
  declare phone: string | null;
  declare email: string | null;
  declare staffGroup: StaffGroup;
  declare active: boolean;
  declare mustChangePassword: boolean;
  declare absentFrom: string | null;
  declare absentTo: string | null;
  declare substituteId: string | null;
  declare createdAt: CreationOptional<Date>;
  declare passwordResetAt: CreationOptional<Date>;
  declare endedAt: Date | null;
}

export function defineStaffMember(sequelize: Sequelize): ModelStatic<StaffMember> {
  return class extends StaffMember {}.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      login: DataTypes.TEXT,
      displayName: DataTypes.TEXT,
      phone: DataTypes.TEXT,
      email: DataTypes.TEXT,
      staffGroup: DataTypes.TEXT,
      active: DataTypes.BOOLEAN,
      mustChangePassword: DataTypes.BOOLEAN,
      absentFrom: DataTypes.DATEONLY,
      absentTo: DataTypes.DATEONLY,
      substituteId: DataTypes.BIGINT,
      createdAt: DataTypes.DATE,
      passwordResetAt: DataTypes.DATE,
      endedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'staff_members', modelName: 'StaffMember' },
  );
}
