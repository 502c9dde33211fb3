import { h } from './dom.js'

/** A command with a button that copies it, or selects it where the clipboard is closed to the page. */
export function replayElement(command: string): HTMLElement {
  const code = h('code', { tabindex: 0 }, command)
  const button = h('button', { type: 'button', click: copy }, 'Copy')
  function copy(): void {
    const done = () => {
      button.textContent = 'Copied'
    }
    navigator.clipboard?.writeText(command).then(done, () => getSelection()?.selectAllChildren(code))
  }
  return h('p', { class: 'replay' }, code, button)
}
