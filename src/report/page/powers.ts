const raisedDigits = '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'
const digits = '−0123456789'

/** A text whose superscript characters, as in 10⁻⁶, are elements: many fonts lack some of them. */
export function raised(text: string): (string | Node)[] {
  return text.split(/(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/u).map((part, i) => {
    if (i % 2 === 0) return part
    const power = document.createElement('sup')
    power.textContent = [...part].map((digit) => digits[raisedDigits.indexOf(digit)]).join('')
    return power
  })
}
