import { fileURLToPath } from 'node:url'
import { writeWhole } from '../src/io/write-atomic.js'
import { ledger } from './ledger.js'
import { ledgerDocument, loaded } from './ledger-document.js'

writeWhole(
  fileURLToPath(new URL('../../docs/ledger.md', import.meta.url)),
  ledgerDocument(await loaded(ledger)),
)
