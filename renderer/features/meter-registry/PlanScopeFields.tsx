import { Chip, Group, MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  METER_ROLES,
  type MeterChoices,
  type MeterRole,
  type OwnerKind,
  type PlanScope,
} from '../../../shared/contract/meter-registry';
import { OWNER_KINDS } from '../../../shared/contract/meters';

interface PlanScopeFieldsProps {
  scope: PlanScope;
  choices: MeterChoices | undefined;
  onScope: (scope: PlanScope) => void;
}

/** Options shown at once; more are found by typing. */
const OPTIONS = 100;
/** Between place and street in an option's value: stands in no name. */
const BETWEEN = '\t';

/** What the plan is narrowed by: route, street, who owns the meter, what it measures. */
export function PlanScopeFields({ scope, choices, onScope }: PlanScopeFieldsProps) {
  const { t } = useTranslation('registry');
  const { t: meters } = useTranslation('meters');
  const streets = (choices?.streets ?? []).map(({ city, street }) => ({
    value: `${city}${BETWEEN}${street ?? ''}`,
    label: street === null ? t('plan.noStreet', { city }) : `${street}, ${city}`,
  }));
  return (
    <Group gap="sm" mb="sm" align="center" role="group" aria-label={t('plan.scope')}>
      <MultiSelect
        size="xs"
        w="14rem"
        aria-label={t('column.route')}
        placeholder={scope.routes.length > 0 ? undefined : t('plan.allRoutes')}
        data={choices?.routes ?? []}
        value={[...scope.routes]}
        onChange={(routes) => onScope({ ...scope, routes })}
        limit={OPTIONS}
        maxValues={200}
        searchable
        clearable
        hidePickedOptions
      />
      <Select
        size="xs"
        w="16rem"
        aria-label={t('column.street')}
        placeholder={t('plan.allStreets')}
        data={streets}
        value={scope.street && `${scope.street.city}${BETWEEN}${scope.street.street ?? ''}`}
        onChange={(value) => {
          const [city = '', street = ''] = value?.split(BETWEEN) ?? [];
          onScope({ ...scope, street: value ? { city, street: street || null } : null });
        }}
        limit={OPTIONS}
        nothingFoundMessage={t('plan.noStreetFound')}
        searchable
        clearable
      />
      <Chips
        label={t('column.role')}
        values={METER_ROLES}
        chosen={scope.roles}
        word={(role) => meters(`role.${role}`)}
        onChosen={(roles) => onScope({ ...scope, roles })}
      />
      <Chips
        label={t('column.ownerKind')}
        values={OWNER_KINDS}
        chosen={scope.owners}
        word={(owner) => t(`plan.owner.${owner}`)}
        onChosen={(owners) => onScope({ ...scope, owners })}
      />
    </Group>
  );
}

interface ChipsProps<Value extends MeterRole | OwnerKind> {
  label: string;
  values: readonly Value[];
  chosen: readonly Value[];
  word: (value: Value) => string;
  onChosen: (chosen: Value[]) => void;
}

/** None chosen is all of them. */
function Chips<Value extends MeterRole | OwnerKind>({ label, values, chosen, word, onChosen }: ChipsProps<Value>) {
  return (
    <Chip.Group
      multiple
      value={[...chosen]}
      onChange={(next) => onChosen(values.filter((value) => next.includes(value)))}
    >
      <Group gap={6} role="group" aria-label={label}>
        {values.map((value) => (
          <Chip key={value} value={value} size="xs" variant="outline">
            {word(value)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
