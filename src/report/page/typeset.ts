import { h } from './dom.js'

// Powers and indices of the ledger's plain text: 2^20, e^(λ²/2), f_i, γ_opt, Σ_{i≠j}, log2.
const pattern =
  /\^\(([^()]*)\)|\^(−?(?:\d+(?:\.\d+)?|\p{L}))|(?<=[\p{L})²‖])_(?:\{([^}]*)\}|([\p{L}\d]+))|(?<=\blog)(2)\b/gu

/** The ledger's plain mathematical text, with powers raised and indices lowered. */
export function typeset(plain: string): (string | Node)[] {
  const text = plain.replace(/(?<=\b\p{L}) = (?=[\p{L}\d])/gu, '\u00a0=\u00a0')
  const out: (string | Node)[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const [whole, group, power, ...indices] = match
    out.push(text.slice(end, match.index))
    const raised = group ?? power
    out.push(
      raised === undefined ? h('sub', {}, indices.find((i) => i !== undefined)!) : h('sup', {}, raised),
    )
    end = match.index + whole.length
  }
  return [...out, text.slice(end)]
}
