import type { ReactNode } from 'react';
import type { Action } from '../../shared/permissions';
import { useMay } from './permissions';

interface CanProps {
  action: Action;
  children: ReactNode;
  /** Shown to those who may not; nothing by default. */
  otherwise?: ReactNode;
}

/** Shows its children only to those who may do `action`. */
export function Can({ action, children, otherwise = null }: CanProps) {
  return useMay(action) ? children : otherwise;
}
