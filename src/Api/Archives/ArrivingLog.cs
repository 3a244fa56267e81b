using System.Text.Json;
using Gateway.Api.Rebuilds;
using Gateway.Projections.History;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Api.Archives;

/// <summary>
/// The log of an archive on its way into the store, within one transaction. The file is read twice, so that nothing but the
/// line at hand is held: first it is checked whole and its streams are made, then its facts are put in.
/// </summary>
public sealed class ArrivingLog(DocumentStore store, NpgsqlConnection connection, EventForms forms)
{
    /// <summary>Holds off every other that would write.</summary>
    public async Task RefuseUnlessEmpty(CancellationToken stop)
    {
        await Run("lock table gateway.mt_events, gateway.mt_streams in exclusive mode", stop);
        if (await Run("select exists (select from gateway.mt_events)", stop) is true)
        {
            throw new ArchiveIsRefusedException(
                "this gateway has a history already; an archive goes into an empty one"
            );
        }
    }

    /// <summary>Reads all of it, down to the seal.</summary>
    public async Task<(ArchiveHeader, ArchiveSeal)> TakeStreams(
        string path,
        IReadOnlyCollection<string> kinds,
        CancellationToken stop
    )
    {
        var (header, seal) = ((ArchiveHeader?)null, (ArchiveSeal?)null);
        await using var file = File.OpenRead(path);
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy gateway.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived) from stdin (format binary)",
            stop
        );
        rows.Timeout = TimeSpan.Zero;
        await foreach (var line in ArchiveReader.Lines(file, stop))
        {
            (header, seal) = (line.Archive ?? header, line.Seal ?? seal);
            if (line.Archive is { Kind: var kind } && !kinds.Contains(kind))
            {
                throw new ArchiveIsRefusedException(
                    $"it holds {(kind == ArchiveKinds.Incident ? "an incident" : "a range")} and not a whole history; look into it with: sandbox {path}"
                );
            }

            if (line.Fact is { } fact)
            {
                RefuseUnknown(fact.Type);
                if (fact.Version == 1)
                {
                    await Write(rows, fact, stop);
                }
            }
        }

        await rows.CompleteAsync(stop);
        return (header!, seal!);
    }

    /// <summary>Puts the facts in; returns what else there is.</summary>
    public async Task<IReadOnlyList<KeptDocument>> TakeFacts(string path, CancellationToken stop)
    {
        var types = ((IReadOnlyEventStoreOptions)store.Options.Events)
            .AllKnownEventTypes()
            .ToDictionary(known => known.EventTypeName, known => known.DotNetTypeName);
        var kept = new List<KeptDocument>();
        await using var file = File.OpenRead(path);
        await using var rows = await connection.BeginBinaryImportAsync(
            """
            copy gateway.mt_events (seq_id, id, tenant_id, stream_id, version, type, timestamp, data, correlation_id,
                causation_id, user_name, headers, mt_dotnet_type, is_archived) from stdin (format binary)
            """,
            stop
        );
        rows.Timeout = TimeSpan.Zero;
        await foreach (var line in ArchiveReader.Lines(file, stop))
        {
            if (line.Kept is { } document)
            {
                kept.Add(document);
            }
            else if (line.Fact is { } fact)
            {
                await rows.StartRowAsync(stop);
                await rows.WriteAsync(fact.Position, NpgsqlDbType.Bigint, stop);
                await rows.WriteAsync(fact.Id, NpgsqlDbType.Uuid, stop);
                await rows.WriteAsync(fact.Tenant, NpgsqlDbType.Varchar, stop);
                await rows.WriteAsync(fact.Stream, NpgsqlDbType.Uuid, stop);
                await rows.WriteAsync(fact.Version, NpgsqlDbType.Bigint, stop);
                await rows.WriteAsync(fact.Type, NpgsqlDbType.Varchar, stop);
                await rows.WriteAsync(fact.Timestamp.ToDateTimeUtc(), NpgsqlDbType.TimestampTz, stop);
                await rows.WriteAsync(Octets(fact.Data), NpgsqlDbType.Jsonb, stop);
                await WriteText(rows, fact.Correlation, stop);
                await WriteText(rows, fact.Causation, stop);
                await WriteText(rows, fact.Actor, stop);
                await (
                    fact.Headers is { } headers
                        ? rows.WriteAsync(Octets(headers), NpgsqlDbType.Jsonb, stop)
                        : rows.WriteNullAsync(stop)
                );
                await WriteText(rows, types[fact.Type], stop);
                await rows.WriteAsync(false, NpgsqlDbType.Boolean, stop);
            }
        }

        await rows.CompleteAsync(stop);
        return kept;
    }

    /// <summary>
    /// Gives each stream the version of its last fact, and has everybody go on behind the last position: so no webhook is
    /// told what is past.
    /// </summary>
    public async Task Join(ArchiveHeader header, CancellationToken stop)
    {
        await Run("analyze gateway.mt_events", stop);
        var whole = await Run(
            """
            with lives as (
                select tenant_id, stream_id, max(version) as version, count(*) as facts, max(timestamp) as last
                from gateway.mt_events group by 1, 2
            ), told as (
                update gateway.mt_streams s set version = l.version, timestamp = l.last
                from lives l where s.tenant_id = l.tenant_id and s.id = l.stream_id
            )
            select not exists (select from lives where version <> facts)
            """,
            stop
        );
        if (whole is not true)
        {
            throw new ArchiveIsRefusedException("it is damaged: a stream of it lacks a fact");
        }

        var readers = ((IEventStore)store)
            .RegisteredShardNames()
            .Select(shard => shard.Identity)
            .Concat(AllViews.New().Select(view => $"{view.Name}:All"))
            .Append(ShardState.HighWaterMark);
        await Run($"select setval('gateway.mt_events_sequence', {Math.Max(1, header.UpTo)})", stop);
        foreach (var reader in readers.Distinct())
        {
            await Run(
                $"""
                insert into gateway.mt_event_progression (name, last_seq_id) values ('{reader}', {header.UpTo})
                on conflict (name) do update set last_seq_id = excluded.last_seq_id
                """,
                stop
            );
        }
    }

    private void RefuseUnknown(string type)
    {
        if (!forms.Stores(type))
        {
            throw new ArchiveIsRefusedException(
                $"it holds facts of type '{type}', which this gateway doesn't know; take the gateway that wrote it, or a newer one"
            );
        }
    }

    private static async Task Write(NpgsqlBinaryImporter rows, ArchivedFact first, CancellationToken stop)
    {
        await rows.StartRowAsync(stop);
        await rows.WriteAsync(first.Tenant, NpgsqlDbType.Varchar, stop);
        await rows.WriteAsync(first.Stream, NpgsqlDbType.Uuid, stop);
        await WriteText(rows, first.StreamType, stop);
        await rows.WriteAsync(first.Version, NpgsqlDbType.Bigint, stop);
        await rows.WriteAsync(first.Timestamp.ToDateTimeUtc(), NpgsqlDbType.TimestampTz, stop);
        await rows.WriteAsync(first.Timestamp.ToDateTimeUtc(), NpgsqlDbType.TimestampTz, stop);
        await rows.WriteAsync(false, NpgsqlDbType.Boolean, stop);
    }

    private static Task WriteText(NpgsqlBinaryImporter rows, string? text, CancellationToken stop) =>
        text is null ? rows.WriteNullAsync(stop) : rows.WriteAsync(text, NpgsqlDbType.Varchar, stop);

    private static byte[] Octets(JsonElement json) => JsonSerializer.SerializeToUtf8Bytes(json);

    private async Task<object?> Run(string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(stop);
    }
}
