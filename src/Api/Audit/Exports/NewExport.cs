using FluentValidation;
using Gateway.Api.History;
using Gateway.Application;
using Gateway.Domain.Audit;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Gateway.Api.Audit.Exports;

/// <summary>Which part of the log is wanted as a file; all that is given must hold.</summary>
/// <param name="Format"><c>jsonl</c> or <c>csv</c>.</param>
/// <param name="Types">Such as <c>message_sent</c>; all when left out.</param>
/// <param name="Actor">Such as <c>key:…</c>, <c>device:…</c> or <c>system:router</c>.</param>
/// <param name="Stream">The id of a message, device, key …</param>
/// <param name="Number">Whatever concerns this number, on either side; E.164.</param>
/// <param name="Device">What it did, what was done to it, and what it was given to do.</param>
/// <param name="Since">Recorded at or after.</param>
/// <param name="Until">Recorded before; has to have passed.</param>
/// <param name="After">Positions above this one.</param>
/// <param name="UpTo">Positions up to this one, at most to the end of the log.</param>
public sealed record NewExport(
    string? Format,
    IReadOnlyList<string>? Types,
    string? Actor,
    Guid? Stream,
    string? Correlation,
    string? Number,
    Guid? Device,
    string? Since,
    string? Until,
    long? After,
    long? UpTo
)
{
    private static readonly Duration Least = Duration.FromNanoseconds(1000);

    /// <summary>The fact that it is asked for; or what is wrong with it.</summary>
    public async Task<(ExportRequested? Asked, ProblemHttpResult? Problem)> Read(
        string tenant,
        FactLog log,
        EventForms forms,
        PastFinder finder,
        Instant now,
        CancellationToken cancellation
    )
    {
        if (Format is null || !ExportPages.Formats.Contains(Format))
        {
            return (
                null,
                Problems.Malformed(
                    "export-format-is-unknown",
                    $"An export is written as {string.Join(" or ", ExportPages.Formats)}."
                )
            );
        }

        var query = new FactQuery(
            string.Join(',', Types ?? []),
            null,
            Some(Actor),
            Stream,
            Some(Correlation),
            Some(Number),
            Device,
            Since,
            null,
            After
        );
        var (filter, period, problem) = await query.Read(tenant, log, forms, cancellation);
        if (problem is not null)
        {
            return (null, problem);
        }

        if (!Moments.TryRead(Until, out var until))
        {
            return (null, Moments.Bad());
        }

        var end = await log.Last(cancellation);
        if (until is { } at)
        {
            (end, problem) = await finder.Position(tenant, StoredJson.Write(at - Least), cancellation);
            if (problem is not null)
            {
                return (null, problem);
            }
        }

        Moments.TryRead(Since, out var since);
        return (
            new(
                Format,
                filter.Types,
                filter.Actor,
                filter.Stream,
                filter.Correlation,
                filter.Number,
                filter.Device,
                since,
                until,
                period.After,
                Math.Max(period.After, Math.Min(UpTo ?? end, end)),
                now
            ),
            null
        );
    }

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    public sealed class Validator : AbstractValidator<NewExport>
    {
        private const int MostTypes = 100;
        private const int MostCharacters = 200;

        public Validator()
        {
            RuleFor(e => e.Types)
                .Must(types => types is null || types.Count <= MostTypes && !types.Contains(null!))
                .WithMessage($"'{{PropertyName}}' names at most {MostTypes} types.");
            RuleFor(e => e.Actor).MaximumLength(MostCharacters).WholeCharacters();
            RuleFor(e => e.Correlation).MaximumLength(MostCharacters).WholeCharacters();
            RuleFor(e => e.Number).MaximumLength(MostCharacters).WholeCharacters();
            RuleFor(e => e.UpTo).GreaterThan(0);
        }
    }
}
