import { DUES, type Due, PRESETS, type Preset } from './taskPresets';

/** What the address asks the screen to show: whose tasks and how urgent, a saved view by its id, or one task. */
export interface TasksSearch {
  show?: Preset | undefined;
  due?: Due | undefined;
  view?: string | undefined;
  task?: string | undefined;
}

const idIn = (value: unknown) => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9][0-9]{0,17}$/.test(text) ? text : undefined;
};

export function tasksSearch(search: Record<string, unknown>): TasksSearch {
  const show = PRESETS.find((preset) => preset === search.show);
  const due = DUES.find((each) => each === search.due);
  const view = idIn(search.view);
  const task = idIn(search.task);
  return { ...(show ? { show } : {}), ...(due ? { due } : {}), ...(view ? { view } : {}), ...(task ? { task } : {}) };
}
