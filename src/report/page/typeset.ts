import { h } from './dom.js'

// Powers and indices of the ledger's plain text: 2^20, e^(λ²/2), f_i, γ_opt, Σ_{i≠j}, log2.
const marks =
  /\^\(([^()]*)\)|\^(−?(?:\d+(?:\.\d+)?|\p{L}))|(?<=[\p{L})²‖])_(?:\{([^}]*)\}|([\p{L}\d]+))|(?<=\blog)(2)\b/gu

// A word of a formula, with what its brackets hold; words joined by relations and operations; an interval.
const word = String.raw`(?:[^\s(){}⟨⟩[\],;:]|\((?:[^()]|\([^()]*\))*\)|\{[^{}]*\}|⟨[^⟨⟩]*⟩)+`
const named = '(?:ln|log2?)'
const joined = String.raw`(?: (?:(?:[=<>≤≥≈≪≫±+−·×∈→∼/](?: ${named})?|${named}) |(?=${named}\())${word})`
const formulas = new RegExp(
  String.raw`(?:${named} )?${word}${joined}+|\b${named} ${word}|(?<!\p{L})\p{L}\([^()]* [^()]*\)|\[[^[\]]*, [^[\]]*\]`,
  'gu',
)

/** The longest formula that is kept in one line: it fits that of a phone. */
const LONGEST = 32

/** The ledger's plain mathematical text: powers raised, indices lowered, and no break in a short formula. */
export function typeset(plain: string): (string | Node)[] {
  const out: (string | Node)[] = []
  let end = 0
  for (const { 0: formula, index } of plain.matchAll(formulas)) {
    out.push(...marked(plain.slice(end, index)))
    // One that is too long may break before a relation.
    const parts = formula.length > LONGEST ? formula.split(/ (?=[=<>≤≥≈] )/u) : [formula]
    for (const [i, part] of parts.entries()) {
      if (i > 0) out.push(' ')
      out.push(...(part.length > LONGEST ? marked(part) : [h('span', { class: 'formula' }, marked(part))]))
    }
    end = index + formula.length
  }
  return [...out, ...marked(plain.slice(end))]
}

function marked(text: string): (string | Node)[] {
  const out: (string | Node)[] = []
  let end = 0
  for (const match of text.matchAll(marks)) {
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
