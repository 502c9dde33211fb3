/** Seconds of processor time, of all threads of the process, since `process.cpuUsage()` gave `start`. */
export function processorSeconds(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}
