using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Gateway.Api.History;

/// <summary>Which facts are asked for; all that is given must hold.</summary>
/// <param name="Types">Names with commas between, such as <c>message_sent,message_delivered</c>.</param>
/// <param name="Type">The same; one of the two is enough.</param>
/// <param name="Actor">Such as <c>key:…</c>, <c>device:…</c> or <c>system:router</c>.</param>
/// <param name="Stream">The id of a message, device, key …</param>
/// <param name="Number">Whatever concerns this number, on either side; E.164.</param>
/// <param name="Device">What it did, what was done to it, and what it was given to do.</param>
/// <param name="Since">Recorded at or after.</param>
/// <param name="Until">Recorded before.</param>
/// <param name="After">Positions above this one.</param>
public sealed record FactQuery(
    string? Types,
    string? Type,
    string? Actor,
    Guid? Stream,
    string? Correlation,
    string? Number,
    Guid? Device,
    string? Since,
    string? Until,
    long? After
)
{
    private static readonly Duration Least = Duration.FromNanoseconds(1000);

    /// <summary>In the words of the log, and the part of it that is meant; or what is wrong with the question.</summary>
    public async Task<(FactFilter Filter, Period Period, ProblemHttpResult? Problem)> Read(
        string tenant,
        FactLog log,
        EventForms forms,
        CancellationToken cancellation
    )
    {
        string[] types =
        [
            .. $"{Types},{Type}".Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            ),
        ];
        var filter = new FactFilter(tenant, types, Actor, Stream, Correlation, Number, Device);
        if (types.FirstOrDefault(type => !forms.Knows(type)) is { } unknown)
        {
            return (
                filter,
                default,
                Problems.Malformed(
                    "event-type-is-unknown",
                    $"No event is called {unknown}; /v1/events/schemas lists all."
                )
            );
        }

        if (!Moments.TryRead(Since, out var since) || !Moments.TryRead(Until, out var until))
        {
            return (filter, default, Moments.Bad());
        }

        if (After is < 0 || After > await log.Last(cancellation))
        {
            return (filter, default, After < 0 ? Moments.Bad() : Moments.Future());
        }

        var from = since is { } s ? (await log.PositionAt(s - Least, cancellation)).Position : 0;
        var to = until is { } u ? (await log.PositionAt(u - Least, cancellation)).Position : (long?)null;
        return (filter, new(Math.Max(from, After ?? 0), to), null);
    }
}

/// <summary>A part of the log.</summary>
/// <param name="After">Begins behind this position.</param>
/// <param name="UpTo">Ends with this one; null goes on for as long as there are facts.</param>
public readonly record struct Period(long After, long? UpTo);
