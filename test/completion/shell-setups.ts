/*
 * How each shell is made to answer. Bash and zsh complete a line as they would at a prompt and write the
 * line to $ANSWERS: control-X a inserts every candidate, control-X d writes the line. Fish writes
 * the candidates with their descriptions.
 */

/** Readline reads keys from a pipe as well as from a terminal. */
const BASH = String.raw`
PS1=
unset HISTFILE
source ../script
bind '"\C-xa": insert-completions'
answer() {
  printf '%s\n' "$READLINE_LINE" >> "$ANSWERS"
  READLINE_LINE=
}
bind -x '"\C-xd": answer'
`

const ZSH = `
PS1=
fpath=("$HOME/functions" $fpath)
autoload -Uz compinit
compinit -u -D
every() { _main_complete; compstate[insert]=all }
zle -C every complete-word every
bindkey '^Xa' every
answer() {
  print -r -- "$BUFFER" >> "$ANSWERS"
  BUFFER=
  print -n answered
}
zle -N answer
bindkey '^Xd' answer
`

/** The line editor of zsh wants a terminal: zpty makes one. */
const ZSH_START = `
zmodload zsh/zpty
zpty shell 'exec $SHELL_PATH -f -i'
zpty -w shell 'source ../setup; print re""ady'
zpty -r shell screen '*ready*'
print -r -- "$screen"
while IFS= read -r line; do
  zpty -w -n shell "$line"
  zpty -r shell screen '*answered*'
  print -r -- "$screen"
done
zpty -d shell
`

const FISH = String.raw`
source ../script
while read --local line
    printf '%s\x1f' (complete -C "$line") >>$ANSWERS
    echo >>$ANSWERS
end
`

export const SETUPS = { bash: BASH, zsh: ZSH, fish: FISH } as const

/** The arguments that start each shell. */
export const STARTS = {
  bash: ['--noprofile', '--rcfile', '../setup', '-i'],
  zsh: ['-f', '-c', ZSH_START],
  fish: ['--no-config', '../setup'],
} as const
