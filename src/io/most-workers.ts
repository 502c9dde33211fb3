/** Most threads or processes of a run: each takes some 40 MB, and more than cores bring nothing. */
export const MOST_WORKERS = 512
