import type { Figure } from './figure.js'

/** What remakes a figure, as it is typed in a checkout. */
export const figureCall = ({ command }: Pick<Figure, 'command'>): string =>
  command.startsWith('dpb ') ? `npx ${command}` : command
