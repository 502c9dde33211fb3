import type { TaskContext } from '../success/estimation/run-tasks.js'

/** A table as it is written; nothing where only a shard of its work was run. */
export type MadeTable = { readonly table: object; readonly markdown: string } | undefined

interface TableMaker {
  /** Made whole in minutes: no trials are kept in a record, and none shared out. */
  readonly whole?: true
  make(context: TaskContext): Promise<MadeTable>
}

/** The tables there are. */
export const tables: Readonly<Record<string, TableMaker>> = {
  d50: {
    async make(context) {
      const { d50Markdown, d50Table } = await import('./d50-table.js')
      const table = await d50Table(context)
      return table && { table, markdown: d50Markdown(table) }
    },
  },
  readable: {
    whole: true,
    async make(context) {
      const { readableTable } = await import('./readable-table.js')
      const { readableMarkdown } = await import('./readable-markdown.js')
      const table = await readableTable(context)
      return { table, markdown: readableMarkdown(table) }
    },
  },
  'recall-price': {
    whole: true,
    async make(context) {
      const { recallPrices } = await import('./recall-price.js')
      const { recallPriceMarkdown } = await import('./recall-price-markdown.js')
      const table = await recallPrices(context)
      return { table, markdown: recallPriceMarkdown(table) }
    },
  },
}
