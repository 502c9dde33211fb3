import type { ModelDescription } from '../../codes/model/description.js'
import { openDictionary } from '../../codes/model/open-model.js'
import type { OpenedDictionary } from '../../codes/model/opened-dictionary.js'
import { openTensors } from '../../tensors/open-tensors.js'
import { Elsewhere } from './compute-job.js'

/** The dictionaries of a worker's files: each is read for the first job over it, and kept for all. */
export class DictionaryShelf {
  /** The files, by the SHA-256 of their bytes. */
  readonly files: ReadonlyMap<string, string>
  readonly #opened = new Map<string, Promise<OpenedDictionary | undefined>>()

  private constructor(files: ReadonlyMap<string, string>) {
    this.files = files
  }

  /** Throws InputError for a file that holds no tensors. An index stands for its shards. */
  static async of(paths: readonly string[]): Promise<DictionaryShelf> {
    const files = new Map<string, string>()
    for (const path of paths) {
      const { tensors, close } = await openTensors(path)
      try {
        const parts = new Map(tensors.map((tensor) => [tensor.path, tensor]))
        for (const tensor of parts.values()) files.set(tensor.sha256(), path)
      } finally {
        close()
      }
    }
    return new DictionaryShelf(files)
  }

  /**
   * The dictionary of a model whose file is one of these; undefined for drawn codewords. Rejects with Elsewhere where
   * the file is not what it was: another worker's may be.
   */
  opened(model: ModelDescription | undefined): Promise<OpenedDictionary | undefined> {
    if (typeof model?.dictionary !== 'object') return Promise.resolve(undefined)
    const key = JSON.stringify(model.dictionary)
    const known = this.#opened.get(key) ?? openDictionary(model).catch(refuse)
    this.#opened.set(key, known)
    known.catch(() => this.#opened.delete(key))
    return known
  }
}

const refuse = (error: Error): never => {
  throw new Elsewhere(`this worker cannot read its dictionary: ${error.message}`)
}
