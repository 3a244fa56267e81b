namespace Gateway.DeviceAgent.Modem.At;

/// <summary>Something a modem says without being asked.</summary>
/// <param name="Body">The second line of <c>+CMT</c>, <c>+CDS</c> and <c>+CBM</c>; else null.</param>
public sealed record Notice(string Line, string? Body = null)
{
    private static readonly string[] Prefixes =
    [
        "+CMTI:",
        "+CMT:",
        "+CDSI:",
        "+CDS:",
        "+CBM:",
        "+CREG:",
        "+CGREG:",
        "+CEREG:",
        "+CUSD:",
        "+CRING",
        "RING",
        "NO CARRIER",
        "^",
        "*",
        "+CPIN:",
        "+CTZV:",
        "+CTZE:",
        "+CIEV:",
    ];

    /// <summary>Is the line of a kind that comes unasked?</summary>
    public static bool Is(string line) =>
        Prefixes.Any(prefix => line.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Does the next line belong to it, whatever it looks like?</summary>
    public static bool HasBody(string line) =>
        line.StartsWith("+CMT:", StringComparison.Ordinal)
        || line.StartsWith("+CDS:", StringComparison.Ordinal)
        || line.StartsWith("+CBM:", StringComparison.Ordinal);
}
