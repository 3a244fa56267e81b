using System.Globalization;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.History;

/// <summary>Finds the part of the history that a moment means, and waits until it is complete.</summary>
public sealed class PastFinder(FactLog log, TimeProvider time)
{
    /// <summary>The position that an answer rests on: asking for it again gives the same answer for ever.</summary>
    public const string Header = "As-Of-Position";

    private const string Before = "before:";
    private const int Tries = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Nothing given is no past; or what is wrong with what was given.</summary>
    public async Task<(Past? Past, ProblemHttpResult? Problem)> Find(
        HttpContext http,
        Moment moment,
        CancellationToken cancellation
    )
    {
        if (!Moments.TryRead(moment.HappenedBy, out var happenedBy))
        {
            return (null, Moments.Bad());
        }

        if (string.IsNullOrEmpty(moment.AsOf))
        {
            return (happenedBy is null ? null : Past.Now with { HappenedBy = happenedBy }, null);
        }

        var (position, problem) = await Position(Caller.Of(http).Tenant, moment.AsOf, cancellation);
        if (problem is not null)
        {
            return (null, problem);
        }

        http.Response.Headers[Header] = position.ToString(CultureInfo.InvariantCulture);
        return (new(position, happenedBy), null);
    }

    /// <summary>The last position that counts.</summary>
    public async Task<(long Position, ProblemHttpResult? Problem)> Position(
        string tenant,
        string asOf,
        CancellationToken cancellation
    )
    {
        if (long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return position < 1 ? (0, Moments.Bad())
                : position > await log.Last(cancellation) ? (0, Moments.Future())
                : await Settled(position, cancellation);
        }

        if (asOf.StartsWith(Before, StringComparison.Ordinal))
        {
            return !Guid.TryParse(asOf.AsSpan(Before.Length), out var id) ? (0, Moments.Bad())
                : await log.PositionOf(tenant, id, cancellation) is { } of
                    ? await Settled(of - 1, cancellation)
                : (0, new FactIsUnknown().ToProblem());
        }

        if (!Moments.TryRead(asOf, out var instant) || instant is null)
        {
            return (0, Moments.Bad());
        }

        for (var tried = 0; tried < Tries; tried++)
        {
            var found = await log.PositionAt(instant.Value, cancellation);
            if (found.IsFuture)
            {
                return (0, Moments.Future());
            }

            if (found.IsSettled)
            {
                return (found.Position, null);
            }

            await Task.Delay(Pause, time, cancellation);
        }

        return (0, new MomentIsNotSettled().ToProblem());
    }

    /// <summary>A position behind which nothing can be put any more.</summary>
    private async Task<(long, ProblemHttpResult?)> Settled(long position, CancellationToken cancellation)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            if (await log.Mark(cancellation) >= position)
            {
                return (position, null);
            }

            await Task.Delay(Pause, time, cancellation);
        }

        return (0, new MomentIsNotSettled().ToProblem());
    }
}
