import type * as Plot from '@observablehq/plot'
import { i18n } from '$lib/i18n/i18n.svelte'

/** The library that draws. It is large, and fetched where something is drawn alone. */
export type Drawer = typeof Plot

/** A table as it is shown and downloaded, heads first. Numbers are set at the end of their cell. */
export interface ChartTable {
  heads: string[]
  lines: (string | number)[][]
}

/** @param width  in CSS pixels */
export type Draw = (plot: Drawer, width: number) => SVGSVGElement | HTMLElement

export const drawer = (): Promise<Drawer> => import('@observablehq/plot')

/** What is common to all drawings: the words' size, and where reading begins. */
export function framed(width: number) {
  const isBackward = i18n.dir === 'rtl'
  return {
    width,
    style: { fontSize: '13px', fontFamily: 'inherit', background: 'transparent' },
    /** Of a scale that runs from where reading begins. */
    reverse: isBackward,
    /** Where an axis of names stands. */
    start: isBackward ? ('right' as const) : ('left' as const),
    /** Room for the names at the start and for figures at the end, in pixels. */
    margins: (start: number, end: number) =>
      isBackward ? { marginLeft: end, marginRight: start } : { marginLeft: start, marginRight: end },
    /** Anchors words that follow a bar. */
    after: isBackward ? ({ textAnchor: 'end', dx: -6 } as const) : ({ textAnchor: 'start', dx: 6 } as const),
  }
}
