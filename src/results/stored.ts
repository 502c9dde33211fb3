import { join } from 'node:path'
import { namesIn } from '../io/folder.js'
import { InputError } from '../io/input-error.js'
import { readJson, readJsonIfThere } from '../io/read-json.js'
import { leaderboardSchema, measuredTableSchema } from './board-schema.js'
import type { Figure } from './figure.js'
import { figureSchema } from './figure-schema.js'
import type { Leaderboard, Report, VerificationReport } from './report.js'
import { verificationSchema } from './verification-schema.js'

/** The verification stored in a folder. Throws InputError where there is none. */
export function storedVerification(folder: string): VerificationReport {
  const path = join(folder, 'verify.json')
  const verify = readJsonIfThere(path, 'the verification', verificationSchema)
  if (!verify) throw new InputError(`there is no '${path}'; npm run verify makes it`)
  return verify
}

/** What else a report shows of a folder. Throws InputError for a file that is not what its name says. */
export function storedResults(folder: string): Omit<Report, 'verify'> {
  const d50 = readJsonIfThere(join(folder, 'd50.json'), 'the table', measuredTableSchema)
  const leaderboard = storedLeaderboard(folder)
  return { figures: storedFigures(folder), ...(d50 && { d50 }), ...(leaderboard && { leaderboard }) }
}

/** The leaderboard in a folder, undefined where there is none. */
export const storedLeaderboard = (folder: string): Leaderboard | undefined =>
  readJsonIfThere(join(folder, 'leaderboard.json'), 'the leaderboard', leaderboardSchema)

/** The figures stored in a folder's figures/, in the order of the paper and then by name. */
function storedFigures(folder: string): Figure[] {
  const figures = join(folder, 'figures')
  return namesIn(figures)
    .filter((name) => /^figure-.*\.json$/.test(name))
    .map((name) => {
      const figure = readJson(join(figures, name), 'the figure', figureSchema)
      if (name === `figure-${figure.id}.json`) return figure
      throw new InputError(`the figure '${join(figures, name)}' is malformed: id: its name says another`)
    })
}
