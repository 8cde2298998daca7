/** These name their profile themselves, or are about none. */
const NAMELESS =
  /^(?:profile (?:add|use|remove|list)\b|profile log(?:in|out) \w|completion\b|help\b|init --sample\b)|--(?:help|profile)\b/

/** A quoted word may hold the quotes that stand around a command line. */
const COMMAND_LINE = /"drift-status ((?:'[^']*'|\\.|[^"'\\])+)"/g

/** A hint whose command lines act on the profile that was named on the command line, not on the one in use. */
export function onProfile(hint: string, profile: string | undefined): string {
  if (profile === undefined) return hint
  return hint.replace(COMMAND_LINE, (quoted, command: string) =>
    NAMELESS.test(command) ? quoted : `"drift-status ${command} --profile ${profile}"`,
  )
}
