using Gateway.Cli.Showing;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary>How facts are shown.</summary>
public static class FactSheets
{
    private static readonly Column<Fact> Position = new("Position", fact => Words.Of(fact.Position));
    private static readonly Column<Fact> Recorded = new("Recorded", fact => Words.Exactly(fact.RecordedAt));
    private static readonly Column<Fact> Kind = new("Type", fact => fact.Type);
    private static readonly Column<Fact> Actor = new("Actor", fact => fact.Actor);
    private static readonly Column<Fact> Stream = new("Stream", fact => fact.Stream.ToString());
    private static readonly Column<Fact> Says = new("Says", fact => Words.Of(fact.Data), Wraps: true);

    /// <summary>The facts of one thing.</summary>
    public static Sheet<Fact> OfOneStream { get; } =
        new(
            "No facts.",
            fact => fact.Id.ToString(),
            [new("Version", fact => Words.Of(fact.Version)), Recorded, Kind, Actor, Says]
        );

    /// <summary>One fact of a thing that is known.</summary>
    public static Sheet<Fact> OfOne { get; } =
        new("", fact => fact.Id.ToString(), [Position, Recorded, Kind, Actor, Says]);

    /// <summary>The facts of many things.</summary>
    public static Sheet<Fact> OfMany { get; } =
        new("No facts.", fact => fact.Id.ToString(), [Position, Recorded, Kind, Stream, Actor]);

    /// <summary>One line after the other.</summary>
    public static Sheet<Fact> AsTheyCome { get; } =
        new(
            "",
            fact => fact.Id.ToString(),
            [Position, Recorded, Kind with { Text = fact => fact.Type.PadRight(24) }, Stream, Actor, Says]
        );
}
