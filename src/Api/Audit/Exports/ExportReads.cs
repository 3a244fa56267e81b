using Gateway.Api.History;
using Gateway.Domain.Audit;
using JasperFx.Events;
using Marten;
using NodaTime;

namespace Gateway.Api.Audit.Exports;

/// <summary>By what an export is narrowed; null for nothing.</summary>
/// <param name="Types">Empty for all.</param>
public sealed record ExportFilters(
    IReadOnlyList<string> Types,
    string? Actor,
    Guid? Stream,
    string? Correlation,
    string? Number,
    Guid? Device,
    Instant? Since,
    Instant? Until
)
{
    public static ExportFilters Of(ExportRequested e) =>
        new(e.Types, e.Actor, e.Stream, e.Correlation, e.Number, e.Device, e.Since, e.Until);
}

/// <summary>An export and what has become of it.</summary>
/// <param name="After">The position behind which it begins.</param>
/// <param name="UpTo">The last position of it.</param>
/// <param name="AskedBy">Opaque, such as <c>key:…</c>.</param>
/// <param name="EndedAt">When it was done, failed or was cancelled; null before.</param>
/// <param name="Error">Why it failed, in a sentence; null when it didn't.</param>
/// <param name="Progress">How far it has come. Until it is its turn, nowhere.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal; null until it is done.</param>
public sealed record ListedExport(
    Guid Id,
    ExportStatus Status,
    string Format,
    ExportFilters Filters,
    long After,
    long UpTo,
    Instant AskedAt,
    string? AskedBy,
    Instant? EndedAt,
    string? Error,
    ExportProgress Progress,
    string? Sha256
)
{
    public static ListedExport Of(Export export, string? askedBy, ExportProgress? progress) =>
        new(
            export.Id,
            export.Status,
            export.Asked.Format,
            ExportFilters.Of(export.Asked),
            export.Asked.After,
            export.Asked.UpTo,
            export.Asked.At,
            askedBy,
            export.EndedAt,
            Sentence(export.Failure),
            export.Result is { } result
                ? new(result.Facts, export.Asked.UpTo, result.Bytes)
                : progress ?? new(0, export.Asked.After, 0),
            export.Result?.Sha256
        );

    private static string? Sentence(string? failure) =>
        failure switch
        {
            null => null,
            "disk_is_full" => "The disk of the folder for exports is full.",
            "folder_is_not_writable" => "The folder for exports can't be written to.",
            _ => "Something broke on our side; the gateway's log says what.",
        };
}

/// <summary>What a finished export has, for those who check it.</summary>
/// <param name="After">The position behind which it begins.</param>
/// <param name="UpTo">The last position of it; asked for with these two, the same comes out again.</param>
/// <param name="Types">How many facts of each type.</param>
/// <param name="First">The first of its facts; null for none.</param>
/// <param name="Last">The last of its facts; null for none.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
/// <param name="Product">What wrote it, with its version.</param>
public sealed record ExportManifest(
    Guid Id,
    string Format,
    ExportFilters Filters,
    long After,
    long UpTo,
    long Facts,
    IReadOnlyDictionary<string, long> Types,
    ExportedFact? First,
    ExportedFact? Last,
    long Bytes,
    string Sha256,
    string Product,
    Instant AskedAt,
    Instant MadeAt
)
{
    public static ExportManifest Of(Export export, ExportFinished made) =>
        new(
            export.Id,
            export.Asked.Format,
            ExportFilters.Of(export.Asked),
            export.Asked.After,
            export.Asked.UpTo,
            made.Facts,
            made.Types.ToDictionary(type => type.Type, type => type.Facts),
            made.First,
            made.Last,
            made.Bytes,
            made.Sha256,
            made.Product,
            export.Asked.At,
            made.At
        );
}

/// <summary>Exports as their streams tell them.</summary>
public sealed class ExportReads(IDocumentStore store, PastStreams streams, ExportWriter writer)
{
    /// <summary>One of the tenant's; null when there is none of this id.</summary>
    public Task<Export?> Find(string tenant, Guid id, CancellationToken cancellation) =>
        streams.State<Export>(tenant, id, Export.Evolve, Past.Now, cancellation);

    /// <summary>The same with how far it has come.</summary>
    public async Task<ListedExport?> Show(string tenant, Guid id, CancellationToken cancellation) =>
        Fold([.. (await streams.Facts(tenant, [id], Past.Now, cancellation))[id]]);

    /// <summary>Those of a tenant that were asked for before a position, newest first.</summary>
    public async Task<Page<ListedExport>> List(
        string tenant,
        long before,
        int size,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(tenant);
        var asked = await session
            .Events.QueryAllRawEvents()
            .Where(e => e.EventTypeName == "export_requested" && e.Sequence < before)
            .OrderByDescending(e => e.Sequence)
            .Take(size + 1)
            .ToListAsync(cancellation);
        var facts = await streams.Facts(tenant, [.. asked.Select(e => e.StreamId)], Past.Now, cancellation);
        return Paging.Of(asked, size, e => e.Sequence, e => Fold([.. facts[e.StreamId]])!);
    }

    private ListedExport? Fold(IReadOnlyList<IEvent> facts) =>
        facts is [var first, ..]
        && facts.Aggregate((Export?)null, (state, e) => Export.Evolve(state, e.StreamId, e.Data))
            is { } export
            ? ListedExport.Of(export, first.UserName, writer.ProgressOf(export.Id))
            : null;
}
