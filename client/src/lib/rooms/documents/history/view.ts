/** What is looked at; it stands in the address, so that a link shows the same. Points are log numbers. */
export type View = { name: 'text'; at: number } | { name: 'changes'; from: number; to: number } | { name: 'play' }

/** @param head the newest log number that is known; it is the default */
export function viewOf(query: URLSearchParams, head: number): View {
  const numberOf = (name: string, otherwise: number): number => {
    const number = Number(query.get(name) ?? otherwise)
    return Number.isInteger(number) && number >= 0 && number <= head ? number : otherwise
  }
  if (query.has('play')) return { name: 'play' }
  if (!query.has('from')) return { name: 'text', at: numberOf('at', head) }
  const [from, to] = [numberOf('from', 0), numberOf('to', head)]
  return { name: 'changes', from: Math.min(from, to), to: Math.max(from, to) }
}

export function addressOf(view: View): string {
  if (view.name === 'play') return '?play'
  return view.name === 'text' ? `?at=${view.at}` : `?from=${view.from}&to=${view.to}`
}
