import { expect, test } from 'vitest'
import { unhurriedClock } from './unhurried-clock.js'

test('it counts what passes, less what anyone that it watches waits for a core, once', () => {
  let time = 1000
  const waits = new Map([
    [process.pid, 70],
    [7, 0],
    [8, 0],
  ])
  const pass = (ms: number, pid: number, waited: number) => {
    time += ms
    waits.set(pid, waits.get(pid)! + waited)
  }
  const clock = unhurriedClock(
    (pid) => waits.get(pid) ?? 0,
    () => time,
  )
  expect(clock.now()).toBe(0)
  pass(100, process.pid, 30)
  expect(clock.now()).toBe(70)
  clock.watch(7)
  pass(100, 7, 90)
  pass(100, 8, 90)
  expect(clock.now()).toBe(180)
  clock.unwatch(7)
  clock.unwatch(7)
  waits.delete(7)
  expect(clock.now()).toBe(180)
})

test('it goes on where several wait at once, so that a budget ends', () => {
  let time = 0
  const clock = unhurriedClock(
    () => time,
    () => time,
  )
  clock.watch(7)
  time = 3200
  expect(clock.now()).toBe(100)
})
