import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '../ui/ErrorState';

/** A screen that broke while being drawn: the frame stays, and the person can try again. */
export function PageFault({ reset }: ErrorComponentProps) {
  return <ErrorState page error={{ data: {} }} onRetry={reset} />;
}
