# fish completion for drift-status, for fish 3.4 and later. To install it, see
# drift-status completion --help
#
# It hands the words of the line to "drift-status __complete" and offers what that answers: whether a file may
# stand at the cursor, then a candidate a line, with a tab before what it is.

function __drift_status_complete
    # A redirection does not silence fish where there is no such command.
    type --query drift-status; or return
    set -l typed (commandline -ct)
    # A quote that is still open cannot be read as one.
    set typed (string unescape -- "$typed"; or string trim --left --chars "'\"" -- "$typed")
    set -l answer (drift-status __complete -- (commandline -opc)[2..] "$typed" </dev/null 2>/dev/null)
    if test "$answer[1]" = files
        set -l flag (string match --regex '^--[^=]+=' -- $typed)
        set -l begun (string replace --regex '^--[^=]+=' '' -- "$typed" | string replace --regex '^~/' "$HOME/")
        for path in $begun*
            test -d $path; and set path $path/
            printf '%s%s\n' "$flag" $path
        end
    else if set -q answer[2]
        printf '%s\n' $answer[2..]
    end
end

complete --command drift-status --no-files --arguments '(__drift_status_complete)'
