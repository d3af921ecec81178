import {
  type CreationOptional,
  DataTypes,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type ModelStatic,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';

/** Maker, model and size of meters; `q3` in m³/h as text. */
export class MeterType extends Model<InferAttributes<MeterType>, InferCreationAttributes<MeterType>> {
  declare id: CreationOptional<string>;
  declare maker: string;
  declare model: string;
  declare dn: number;
  declare q3: string;
  declare r: number | null;
  declare digits: number;
}

/** A meter; its id is the number the portal shows. */
export class Meter extends Model<InferAttributes<Meter>, InferCreationAttributes<Meter>> {
  declare id: CreationOptional<string>;
  declare factoryNo: string;
  declare typeId: ForeignKey<string>;
  declare ownerKind: 'utility' | 'customer';
  declare status: 'in_stock' | 'installed' | 'removed' | 'scrapped' | 'lost';
  declare acceptedOn: string | null;
  declare radioId: string | null;
  declare producedYear: number | null;
  declare stockPlace: string | null;
  declare note: string | null;
  declare type?: NonAttribute<MeterType>;
}

export function defineMeterType(sequelize: Sequelize): ModelStatic<MeterType> {
  return class extends MeterType {}.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      maker: DataTypes.TEXT,
      model: DataTypes.TEXT,
      dn: DataTypes.SMALLINT,
      q3: DataTypes.DECIMAL,
      r: DataTypes.SMALLINT,
      digits: DataTypes.SMALLINT,
    },
    { sequelize, tableName: 'meter_types', modelName: 'MeterType' },
  );
}

/** Needs `defineMeterType` on the same Sequelize before it. */
export function defineMeter(sequelize: Sequelize, type: ModelStatic<MeterType>): ModelStatic<Meter> {
  const defined = class extends Meter {}.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      factoryNo: DataTypes.TEXT,
      typeId: DataTypes.BIGINT,
      ownerKind: DataTypes.TEXT,
      status: DataTypes.TEXT,
      acceptedOn: DataTypes.DATEONLY,
      radioId: DataTypes.TEXT,
      producedYear: DataTypes.SMALLINT,
      stockPlace: DataTypes.TEXT,
      note: DataTypes.TEXT,
    },
    { sequelize, tableName: 'meters', modelName: 'Meter' },
  );
  defined.belongsTo(type, { as: 'type', foreignKey: 'typeId' });
  return defined;
}
