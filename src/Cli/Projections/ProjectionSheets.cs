using Gateway.Cli.Showing;
using Gateway.Client.Projections;

namespace Gateway.Cli.Projections;

/// <summary>How readers, rebuilds and parked events are shown.</summary>
public static class ProjectionSheets
{
    public static Sheet<Reader> Readers { get; } =
        new(
            "Nothing reads the log.",
            reader => reader.Name,
            [
                new("Name", reader => reader.Name),
                new("Status", reader => reader.Status, Style: reader => Words.Colour(reader.Status)),
                new("Position", reader => Words.Of(reader.Position)),
                new("Lag", reader => Words.Of(reader.Lag)),
                new("Facts/s", reader => Words.Of(reader.EventsPerSecond)),
                new("Last moved", reader => Words.Of(reader.LastMovedAt)),
                new("Parked", reader => Words.Of(reader.Parked)),
            ]
        );

    public static Sheet<ParkedEvent> Parked { get; } =
        new(
            "Nothing is parked.",
            parked => parked.Id.ToString(),
            [
                new("Id", parked => parked.Id.ToString()),
                new("Reader", parked => parked.Reader),
                new("Position", parked => Words.Of(parked.Position)),
                new("Parked", parked => Words.Of(parked.ParkedAt)),
                new("Error", parked => parked.Error, Wraps: true),
            ]
        );

    public static Sheet<Rebuild> Rebuilds { get; } =
        new(
            "Nothing was ever rebuilt.",
            rebuild => rebuild.Id.ToString(),
            [
                new("Id", rebuild => rebuild.Id.ToString()),
                new("Status", rebuild => rebuild.Status, Style: rebuild => Words.Colour(rebuild.Status)),
                new("Requested", rebuild => Words.Of(rebuild.RequestedAt)),
                new("Ended", rebuild => Words.Of(rebuild.EndedAt)),
                new("Came of it", Outcome),
                new("Views", rebuild => Words.Of(rebuild.Views), Wraps: true),
            ]
        );

    public static Sheet<RebuiltView> Results { get; } =
        new(
            "",
            view => view.View,
            [
                new("View", view => view.View),
                new("Rows", view => Words.Many(view.Rows)),
                new("Different", view => view.Differences == 0 ? null : Words.Many(view.Differences)),
                new("Such as", view => Words.Of(view.Examples), Wraps: true),
            ]
        );

    /// <summary>Such as <c>identical: 184,203 rows</c>; null while it runs, and when it was cancelled.</summary>
    public static string? Outcome(Rebuild rebuild)
    {
        var (rows, different) = (
            rebuild.Results.Sum(view => view.Rows),
            rebuild.Results.Sum(view => view.Differences)
        );
        return rebuild.Status != Rebuild.Finished ? rebuild.Reason
            : different == 0 ? $"identical: {Rows(rows)}"
            : $"different: {Words.Many(different)} of {Rows(rows)}";
    }

    private static string Rows(long number) => number == 1 ? "1 row" : $"{Words.Many(number)} rows";

    /// <summary>Such as <c>building 41,000 of 184,203 facts, 3,412/s, 42s left</c>.</summary>
    public static string Progress(Rebuild rebuild) =>
        rebuild.Progress switch
        {
            null => "waiting …",
            { Phase: "building", Position: > 0 } now =>
                $"building {Words.Many(now.Position)} of {Words.Many(now.Goal)} facts, "
                    + $"{Words.Many(now.EventsPerSecond)}/s"
                    + (now.SecondsLeft is { } left ? $", {Words.Of(TimeSpan.FromSeconds(left))} left" : ""),
            var now => $"{now.Phase} …",
        };
}
