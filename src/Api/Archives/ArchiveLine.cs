using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Application;
using NodaTime;

namespace Gateway.Api.Archives;

/// <summary>
/// One line of an archive; exactly one of these is there. An archive is gzip'd JSON lines: the header, the facts in the order
/// of their positions, what is kept beside them, and the seal.
/// </summary>
public sealed record ArchiveLine(
    ArchiveHeader? Archive = null,
    ArchivedFact? Fact = null,
    KeptDocument? Kept = null,
    ArchiveSeal? Seal = null
)
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    }.AddDomainValues();

    /// <summary>UTF-8, without the end of the line.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">It is none.</exception>
    public static ArchiveLine Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<ArchiveLine>(line, Json) is { } read && read.Parts == 1
            ? read
            : throw new JsonException("A line of an archive is expected.");

    private int Parts => new object?[] { Archive, Fact, Kept, Seal }.Count(part => part is not null);
}

/// <summary>What an archive is.</summary>
/// <param name="Kind">One of <see cref="ArchiveKinds"/>.</param>
/// <param name="Gateway">The version of the program that wrote it.</param>
/// <param name="UpTo">The last position that it may hold.</param>
/// <param name="At">When it was written.</param>
public sealed record ArchiveHeader(
    string Format,
    int Version,
    string Kind,
    string Gateway,
    long UpTo,
    Instant At
)
{
    public const string Name = "gateway-archive";
    public const int Newest = 1;
}

/// <summary>What an archive can hold.</summary>
public static class ArchiveKinds
{
    /// <summary>Everything, of all tenants.</summary>
    public const string Complete = "complete";

    /// <summary>The streams that have a fact in a part of the log, from their beginning.</summary>
    public const string Range = "range";

    /// <summary>What one message had to do with, with personal fields replaced.</summary>
    public const string Incident = "incident";

    public static IReadOnlyList<string> All { get; } = [Complete, Range, Incident];
}

/// <summary>A fact as it is stored.</summary>
/// <param name="StreamType">What the store calls the kind of its stream; told with the first fact of it only.</param>
/// <param name="Version">In its stream, from 1.</param>
/// <param name="Type">As stored, with the version of its form.</param>
/// <param name="Timestamp">When it was recorded.</param>
/// <param name="Data">The fact itself, in the form that it was stored in.</param>
public sealed record ArchivedFact(
    long Position,
    Guid Id,
    string Tenant,
    Guid Stream,
    long Version,
    string Type,
    Instant Timestamp,
    JsonElement Data,
    string? StreamType = null,
    string? Correlation = null,
    string? Causation = null,
    string? Actor = null,
    JsonElement? Headers = null
);

/// <summary>A document that can't be folded from facts, such as what webhooks are signed with.</summary>
/// <param name="Name">Of its kind, see <see cref="KeptDocuments"/>.</param>
public sealed record KeptDocument(string Name, string Tenant, JsonElement Data);

/// <summary>The last line: an archive without it is cut off.</summary>
/// <param name="Sha256">Of all octets before this line, in lower-case hexadecimal.</param>
public sealed record ArchiveSeal(long Facts, long Streams, string Sha256);
