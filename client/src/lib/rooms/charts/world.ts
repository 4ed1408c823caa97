import { geoArea } from 'd3-geo'
import type { ExtendedFeature } from 'd3-geo'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import address from 'world-atlas/countries-50m.json?url'

/** One country or territory, by its number of M49. */
export type Land = ExtendedFeature & { id: number; isSmall: boolean }

/** Below it, in steradians, a country is a speck on a map of the world: about 20,000 square kilometres. */
const SMALL = 0.0005

let lands: Promise<Land[]> | undefined

async function fetchLands(): Promise<Land[]> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The map of the world was answered with ${answer.status}.`)
  const topology = (await answer.json()) as Topology<{ countries: GeometryCollection }>
  return feature(topology, topology.objects.countries).features.map((land) => ({
    ...land,
    id: Number(land.id ?? -1),
    isSmall: geoArea(land) < SMALL,
  }))
}

/** Fetched once. @throws Error when it cannot be had; the next call tries again */
export function worldLands(): Promise<Land[]> {
  lands ??= fetchLands().catch((error: unknown) => {
    lands = undefined
    throw error
  })
  return lands
}
