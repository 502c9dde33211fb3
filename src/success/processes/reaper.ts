import { type ChildProcess, spawn } from 'node:child_process'

/**
 * Ends what this process leaves behind, however it ends: a shell that is told which process groups live, and which
 * folders are this run's. When the pipe to it closes, it kills the ones and removes the others. It stands in a
 * session of its own, out of reach of Ctrl-C.
 */
const SCRIPT = `
trap '' INT HUP TERM
groups=' '
run=$1
shift
while read -r what id; do
  [ "$what" = 'folder' ] && { set -- "$@" "$id"; continue; }
  rest=' '
  for one in $groups; do [ "$one" = "$id" ] || rest="$rest$one "; done
  groups=$rest
  [ "$what" = '+' ] && groups="$groups$id "
done
for one in $groups; do kill -KILL -- "-$one"; done
[ -d /proc/1 ] && for one in $(grep -l -s -z "^DIMS_PER_BIT_RUN=$run$" /proc/[0-9]*/environ); do
  one=\${one#/proc/}
  kill -KILL "\${one%/environ}"
done
[ $# = 0 ] || rm -rf -- "$@"
`

/** Names this run in the environment of every process that it starts. */
export const RUN_MARK = 'DIMS_PER_BIT_RUN'
export const runId = `${process.pid}-${Date.now().toString(36)}`

let shell: ChildProcess | undefined

/** Tell the reaper of a group that has started, or that is gone. Does nothing where there is no POSIX shell. */
export const reap = (what: '+' | '-', group: number): void => tell(`${what} ${group}`)

/** Have a folder of the run's removed when it ends. */
export const reapFolder = (path: string): void => tell(`folder ${path}`)

function tell(line: string): void {
  if (process.platform === 'win32') return
  shell ??= start()
  shell.stdin!.write(`${line}\n`)
}

function start(): ChildProcess {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'reaper', runId], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // One that cannot be started, or is gone, must not end the run.
  child.on('error', () => {})
  child.stdin!.on('error', () => {})
  child.unref()
  const { stdin } = child as unknown as { stdin: { unref?(): void } }
  stdin.unref?.()
  return child
}
