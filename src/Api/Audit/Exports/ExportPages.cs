using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Domain.Audit;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Gateway.Api.Audit.Exports;

/// <summary>How far an export has come.</summary>
/// <param name="Position">Up to which the log was read.</param>
public sealed record ExportProgress(long Facts, long Position, long Bytes);

/// <summary>Writes the facts of an export into a file, page by page.</summary>
public sealed class ExportPages(FactLog log, IOptions<JsonOptions> json)
{
    /// <summary>What an export can be written as.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["jsonl", "csv"];

    private const int FactsAtOnce = 1000;
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>Whether nothing can be put before its end any more, and every text of its number can be found.</summary>
    public async Task<bool> IsSettled(ExportRequested asked, CancellationToken cancellation)
    {
        var (mark, views) = await log.Reached(cancellation);
        return asked.UpTo <= mark && (asked.Number is null || asked.UpTo <= views);
    }

    /// <summary>What the finished file has; it is whole, and has not been given its name yet.</summary>
    /// <param name="after">Asked after each page, and may call it off by throwing.</param>
    public async Task<ExportFinished> Write(
        ExportFile file,
        string tenant,
        ExportRequested asked,
        Action<ExportProgress> after,
        CancellationToken cancellation
    )
    {
        var filter = new FactFilter(
            tenant,
            asked.Types,
            asked.Actor,
            asked.Stream,
            asked.Correlation,
            asked.Number,
            asked.Device
        );
        var (count, types) = (0L, new SortedDictionary<string, long>(StringComparer.Ordinal));
        var (first, last) = ((StoredFact?)null, (StoredFact?)null);
        var page = new FactPage([], asked.After, true);
        var buffer = new ArrayBufferWriter<byte>(1024 * 1024);
        if (asked.Format == "csv")
        {
            Encoding.UTF8.GetBytes(FactCsv.Header, buffer);
        }

        while (page.More)
        {
            page = await log.Read(filter, page.After, FactsAtOnce, cancellation, asked.UpTo);
            foreach (var fact in page.Facts)
            {
                Line(buffer, asked.Format, fact);
                types[fact.Type] = types.GetValueOrDefault(fact.Type) + 1;
            }

            if (page.Facts.Count > 0)
            {
                (first, last) = (first ?? page.Facts[0], page.Facts[^1]);
            }

            count += page.Facts.Count;
            await file.Write(buffer.WrittenMemory);
            buffer.ResetWrittenCount();
            after(new(count, page.After, file.Bytes));
        }

        return new(
            count,
            [.. types.Select(type => new ExportedType(type.Key, type.Value))],
            Place(first),
            Place(last),
            file.Bytes,
            file.Sha256,
            $"gateway {CommandLine.Version}",
            default
        );
    }

    /// <summary>A line of JSON is the fact as the feed gives it.</summary>
    private void Line(ArrayBufferWriter<byte> buffer, string format, StoredFact fact)
    {
        if (format == "csv")
        {
            FactCsv.Write(buffer, Fact.Of(fact));
            return;
        }

        buffer.Write(JsonSerializer.SerializeToUtf8Bytes(Fact.Of(fact), json.Value.SerializerOptions));
        buffer.Write(LineEnd);
    }

    private static ExportedFact? Place(StoredFact? fact) =>
        fact is null ? null : new(fact.Position, Instant.FromDateTimeUtc(fact.RecordedAt));
}
