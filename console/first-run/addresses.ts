export const FIRST_RUN_PATH = '/console/first-run'
