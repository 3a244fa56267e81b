namespace Gateway.Cli.Running;

/// <summary>How a command ended, for scripts. Never renumbered.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The gateway refused it, or what was waited for did not come.</summary>
    public const int Refused = 1;

    /// <summary>The command line can't be understood.</summary>
    public const int Usage = 2;

    /// <summary>No gateway answered.</summary>
    public const int Unreachable = 3;

    /// <summary>No key, a wrong one, or one that may not do this.</summary>
    public const int Forbidden = 4;

    public const int Interrupted = 130;

    /// <summary>For the help.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done"),
        (Refused, "refused by the gateway, or what was waited for did not come"),
        (Usage, "the command line can't be understood"),
        (Unreachable, "the gateway can't be reached"),
        (Forbidden, "not signed in, or the key may not do this"),
        (Interrupted, "interrupted"),
    ];
}
