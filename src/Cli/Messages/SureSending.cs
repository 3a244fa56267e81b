using Gateway.Cli.Running;
using Gateway.Client.Messages;

namespace Gateway.Cli.Messages;

/// <summary>Sending with an idempotency key always, so that a lost answer can be asked for again and nobody is texted twice.</summary>
public static class SureSending
{
    /// <param name="key">The caller's own; a new one is made when there is none.</param>
    /// <exception cref="CommandException">No answer came; it says how to go on.</exception>
    public static async Task<AcceptedMessage> Do(
        Call call,
        string? key,
        Func<string, Task<AcceptedMessage>> send
    )
    {
        var unique = key ?? $"cli-{Guid.NewGuid():N}";
        try
        {
            return await send(unique);
        }
        catch (Exception lost)
            when (!call.Cancellation.IsCancellationRequested
                && CommandException.Of(lost, call.Url) is { ExitCode: ExitCode.Unreachable } known
            )
        {
            throw new CommandException(
                known.ExitCode,
                $"{known.Message} Repeat with --idempotency-key {unique}: that sends it once, however often it is asked."
            );
        }
    }
}
