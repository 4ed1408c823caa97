import { machineCpu } from './processes.mjs'

/** Small enough to have no pattern, and the same in every run. */
function numbers(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * Acts `perSecond` times a second at moments that have no pattern, whether or not what it did before has had its
 * effect. When the process falls behind it makes up for it at once.
 */
export async function atRate(perSecond, seconds, act) {
  const began = performance.now()
  const total = Math.round(perSecond * seconds)
  const random = numbers(perSecond)
  const step = 1000 / perSecond
  let done = 0
  let due = random() * step
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - began
      while (done < total && due <= elapsed) {
        act(done++)
        due = (done + random()) * step
      }
      if (elapsed < seconds * 1000) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
}

/** Waits until `isSo()`, at most `ms`. @returns whether it came to be */
export async function until(isSo, ms) {
  const began = performance.now()
  while (!isSo()) {
    if (performance.now() - began > ms) return false
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return true
}

/** What happens meanwhile: on the server, on the wire, here, and in programs that have nothing to do with it. */
export async function measured({ tree }, traffic, work) {
  const [cpu, own, all, before, began] = [tree.cpu(), ownCpu(), machineCpu(), traffic.copy(), performance.now()]
  await work()
  const seconds = (performance.now() - began) / 1000
  const [after, generator] = [tree.cpu(), ownCpu() - own]
  const server = after.all - cpu.all
  return {
    seconds,
    cores: server / seconds,
    databaseCores: (after.started - cpu.started) / seconds,
    rss: tree.rss(),
    generatorCores: generator / seconds,
    otherCores: Math.max(0, machineCpu() - all - server - generator) / seconds,
    traffic: traffic.since(before),
  }
}

const ownCpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
