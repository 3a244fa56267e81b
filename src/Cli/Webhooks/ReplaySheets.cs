using Gateway.Cli.Showing;
using Gateway.Client.Webhooks;

namespace Gateway.Cli.Webhooks;

/// <summary>How replays are shown.</summary>
public static class ReplaySheets
{
    public static Sheet<Replay> Replays { get; } =
        new(
            "No replays; begin one with: gateway webhooks replay",
            replay => replay.Id.ToString(),
            [
                new("Id", replay => replay.Id.ToString()),
                new("Status", replay => replay.Status, Style: replay => Words.Colour(replay.Status)),
                new("Sent", Sent),
                new("Left", Left),
                new("Requested", replay => Words.Of(replay.RequestedAt)),
                new("Because", Because),
            ],
            [
                new("Id", replay => replay.Id.ToString()),
                new("Status", replay => replay.Status, Style: replay => Words.Colour(replay.Status)),
                new("Because", Because),
                new("Sent", Sent),
                new("Failed", replay => $"{replay.Failed} calls"),
                new("Positions", replay => $"{replay.After} to {replay.UpTo}, is at {replay.Position}"),
                new("Events", replay => Words.Of(replay.Events), Wraps: true),
                new("Number", replay => replay.Number),
                new("Device", replay => replay.Device?.ToString()),
                new("Stream", replay => replay.Stream?.ToString()),
                new("Rate", replay => $"{replay.RatePerSecond}/s at most"),
                new("Left", Left),
                new("Requested", replay => Words.Of(replay.RequestedAt)),
                new("Ended", replay => Words.Of(replay.EndedAt)),
            ]
        );

    public static Sheet<ReplayCount> Counts { get; } =
        new(
            "",
            count => Words.Of(count.Count),
            [
                new("Facts", count => Words.Of(count.Count)),
                new("Positions", count => $"{count.After} to {count.UpTo}"),
                new("Events", count => Words.Of(count.Events), Wraps: true),
                new("Takes", count => $"{count.SecondsAtLeast} s at {count.RatePerSecond}/s"),
            ]
        );

    /// <summary>How far it has come.</summary>
    public static string Sent(Replay replay) => $"{replay.Sent} of {replay.Total}";

    private static string? Left(Replay replay) => replay.SecondsLeft is { } left ? $"{left} s" : null;

    /// <summary>Why it doesn't go on, with the call that failed.</summary>
    private static string? Because(Replay replay) =>
        replay.Failure is { } failure
            ? $"{replay.Reason}: position {failure.Position}, {Words.Of(failure.StatusCode) ?? failure.Error}"
            : replay.Reason;
}
