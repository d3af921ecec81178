import type { ListCount, Selection } from '../../../shared/contract/lists';
import type { Chosen } from '../../ui/list/selection';

/** Meters chosen in the register or the planner, as acts on many are told of them. */
export interface ChosenMeters {
  /** Of the list `meters`. */
  selection: Selection;
  chosen: Chosen;
  total: ListCount | undefined;
  /** The act was run and its receipt put away. */
  onDone: () => void;
}
