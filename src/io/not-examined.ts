/** There is nothing to tell, since a decoder refuses to be examined. The message is one line. */
export class NotExamined extends Error {
  override readonly name = 'NotExamined'
}
