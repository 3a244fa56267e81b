using System.Data;
using Gateway.Api.Archives.Incidents;
using Marten;
using NodaTime;
using Npgsql;

namespace Gateway.Api.Archives;

/// <summary>Writes archives, each as one moment of the database shows it.</summary>
public sealed class Exports(
    IDocumentStore store,
    NpgsqlDataSource database,
    DisguisedFacts disguised,
    IClock clock
)
{
    /// <summary>Everything up to a position.</summary>
    public async Task Write(long upTo, Stream target, CancellationToken cancellation)
    {
        await using var connection = await Seeing(cancellation);
        await using var archive = new ArchiveWriter(target);
        await archive.Begin(ArchiveKinds.Complete, upTo, clock.GetCurrentInstant(), cancellation);
        await Write(FactRows.All(connection, upTo, cancellation), archive, cancellation);
        await KeptDocuments.Write((DocumentStore)store, connection, archive, cancellation);
        await archive.Seal(cancellation);
    }

    /// <summary>The streams that have a fact behind one position and up to another.</summary>
    public async Task Write(long after, long upTo, Stream target, CancellationToken cancellation)
    {
        await using var connection = await Seeing(cancellation);
        await using var archive = new ArchiveWriter(target);
        await archive.Begin(ArchiveKinds.Range, upTo, clock.GetCurrentInstant(), cancellation);
        await Write(FactRows.Range(connection, after, upTo, cancellation), archive, cancellation);
        await archive.Seal(cancellation);
    }

    /// <summary>An incident, with everything personal replaced.</summary>
    public async Task Write(Incident incident, Stream target, CancellationToken cancellation)
    {
        await using var connection = await Seeing(cancellation);
        var (tenant, streams, upTo) = incident;
        var facts = await FactRows
            .Streams(connection, tenant, streams, upTo, cancellation)
            .ToListAsync(cancellation);
        await using var archive = new ArchiveWriter(target);
        await archive.Begin(ArchiveKinds.Incident, upTo, clock.GetCurrentInstant(), cancellation);
        await Write(disguised.Of(facts).ToAsyncEnumerable(), archive, cancellation);
        await archive.Seal(cancellation);
    }

    private static async Task Write(
        IAsyncEnumerable<ArchivedFact> facts,
        ArchiveWriter archive,
        CancellationToken cancellation
    )
    {
        await foreach (var fact in facts)
        {
            await archive.Write(fact, cancellation);
        }
    }

    /// <summary>A connection that sees nothing of what others do from now on.</summary>
    private async Task<NpgsqlConnection> Seeing(CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        return connection;
    }
}
