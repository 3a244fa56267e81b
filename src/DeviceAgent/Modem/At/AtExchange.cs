namespace Gateway.DeviceAgent.Modem.At;

/// <summary>One command under way: which lines are its own, and what ends it.</summary>
internal sealed class AtExchange(string command)
{
    private readonly TaskCompletionSource<AtAnswer> final = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource<bool> prompted = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly List<string> lines = [];
    private readonly string? asked = AskedFor(command);
    private string? echo = command;
    private bool bodyFollows;

    public Task<AtAnswer> Final => final.Task;

    /// <summary>True with the prompt; false when a final result came instead.</summary>
    public Task<bool> Prompted => prompted.Task;

    /// <summary>A modem that echoes sends this back once; it is no answer.</summary>
    public void ExpectEcho(string sent) => echo = sent;

    public void Prompt() => prompted.TrySetResult(true);

    /// <summary>Ends it for a reason that is no line.</summary>
    public void End(AtFinal why)
    {
        final.TrySetResult(new(why, null, [.. lines]));
        prompted.TrySetResult(false);
    }

    /// <summary>Takes a line that belongs to the command; false leaves it to the notices.</summary>
    public bool Take(string line)
    {
        if (bodyFollows)
        {
            bodyFollows = false;
            lines.Add(line);
            return true;
        }

        if (line == echo)
        {
            echo = null;
            return true;
        }

        if (Notice.Is(line) && (asked is null || !line.StartsWith(asked, StringComparison.Ordinal)))
        {
            return false;
        }

        if (AtAnswer.FinalOf(line) is { } result)
        {
            final.TrySetResult(new(result.Final, result.Code, [.. lines]));
            prompted.TrySetResult(false);
            return true;
        }

        bodyFollows =
            line.StartsWith("+CMGL:", StringComparison.Ordinal)
            || line.StartsWith("+CMGR:", StringComparison.Ordinal);
        lines.Add(line);
        return true;
    }

    /// <summary><c>AT+CREG?</c> asks for <c>+CREG:</c>; then that line is an answer although it often comes unasked.</summary>
    private static string? AskedFor(string command)
    {
        var end = command.AsSpan(Math.Min(2, command.Length)).IndexOfAny("?=");
        return command.EndsWith('?') && end > 0 ? $"{command.AsSpan(2, end)}:" : null;
    }
}
