import type { Sequelize } from 'sequelize';
import { defineMeter, defineMeterType } from '../modules/meters/meters.model';
import { defineStaffMember } from '../modules/staff/staff.model';

/** One set of models for one signed-in person's Sequelize. */
export function defineModels(sequelize: Sequelize) {
  const MeterType = defineMeterType(sequelize);
  return {
    MeterType,
    Meter: defineMeter(sequelize, MeterType),
    StaffMember: defineStaffMember(sequelize),
  };
}

export type Models = ReturnType<typeof defineModels>;
