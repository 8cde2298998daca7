/** Of the user `drift` of every server that the tests start. */
export const POSTGRES_PASSWORD = 'a secret'
