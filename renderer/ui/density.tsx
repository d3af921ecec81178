import { createContext, type ReactNode, useContext } from 'react';

export type Density = 'normal' | 'compact';

/** Row heights in px at the usual text size; they grow with the text. */
const ROW_HEIGHT: Record<Density, number> = { normal: 36, compact: 30 };

const DensityContext = createContext<Density>('normal');

export function DensityProvider({ density, children }: { density: Density; children: ReactNode }) {
  return <DensityContext value={density}>{children}</DensityContext>;
}

/** Height of a table row in px, by the person's density and the browser's text size. */
export function useRowHeight(): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return Math.round((ROW_HEIGHT[useContext(DensityContext)] * rem) / 16);
}
