namespace Gateway.Cli.Completion;

/// <summary>One script per shell; each asks <c>gateway</c> itself what may come at the cursor.</summary>
public static class Scripts
{
    // Options are offered when a dash was typed, or when nothing else could come.
    // A colon divides words in bash: of "messages:send" it would replace only what is behind it.
    private const string Bash = """
        # For ~/.bashrc: source <(gateway completion bash)
        _gateway() {
            local word="${COMP_LINE:0:$COMP_POINT}" candidates
            word="${word##*[[:space:]]}"
            candidates=$(gateway "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null) || return
            [[ $word == -* ]] || candidates=$(grep -v '^-' <<< "$candidates" || printf '%s' "$candidates")
            mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$word")
            if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
                COMPREPLY=("${COMPREPLY[@]#"${word%:*}:"}")
            fi
        }
        complete -F _gateway gateway

        """;

    private const string Zsh = """
        #compdef gateway
        # For a folder of your fpath, or: source <(gateway completion zsh)
        _gateway() {
            local -a candidates
            candidates=("${(@f)$(gateway "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            if [[ $PREFIX != -* && -n ${candidates:#-*} ]]; then
                candidates=("${(@)candidates:#-*}")
            fi
            compadd -- $candidates
        }
        compdef _gateway gateway

        """;

    private const string Fish = """
        # For ~/.config/fish/completions/gateway.fish
        function __gateway_candidates
            set -l line (commandline -cp)
            set -l candidates (gateway "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
            if not string match -q -- '-*' (commandline -ct)
                string match -v -- '-*' $candidates; or printf '%s\n' $candidates
            else
                printf '%s\n' $candidates
            end
        end
        complete -f -c gateway -a '(__gateway_candidates)'

        """;

    public static IReadOnlyDictionary<string, string> All { get; } =
        new SortedDictionary<string, string>
        {
            ["bash"] = Bash,
            ["fish"] = Fish,
            ["zsh"] = Zsh,
        };
}
