using System.Buffers;
using System.Data.Common;
using JasperFx;
using JasperFx.Core.Exceptions;
using JasperFx.Events;
using Marten;
using Marten.Events;
using Marten.Exceptions;
using Marten.Internal;
using Marten.Internal.Operations;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql;
using Weasel.Storage;

namespace Gateway.Application;

/// <summary>What one stream gains.</summary>
/// <param name="Version">Where the stream stands in the store; 0 for one that doesn't exist.</param>
internal sealed record StreamGain(Guid Id, long Version, IReadOnlyList<IEvent> Events);

/// <summary>
/// Appends to many streams of one kind in one statement, the rows just as Marten writes them; its own function is called
/// once per stream, and that call was half of what the database did. Nothing is written unless every stream stands where
/// it was read, and no number of the store's sequence is used up then. Inline projections don't see these events.
/// </summary>
internal sealed class FactAppend(Type kind, string tenant, IReadOnlyList<StreamGain> streams)
    : Marten.Internal.Operations.IStorageOperation,
        IExceptionTransform
{
    private readonly ArrayBufferWriter<byte> json = new(1024);

    public Type DocumentType => typeof(IEvent);

    public Weasel.Core.OperationRole Role() => Weasel.Core.OperationRole.Events;

    public void ConfigureCommand(Weasel.Postgresql.ICommandBuilder builder, IStorageSession session)
    {
        var events = (EventGraph)((DocumentStore)((IDocumentSession)session).DocumentStore).Options.Events;
        var schema = events.DatabaseSchemaName;
        var facts = streams.SelectMany(stream => stream.Events).ToList();
        var now = events.TimeProvider.GetUtcNow();

        builder.Append("with wanted as materialized (select * from unnest(");
        Add(builder, NpgsqlDbType.Uuid, streams.Select(stream => stream.Id));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Bigint, streams.Select(stream => stream.Version));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Bigint, streams.Select(stream => stream.Version + stream.Events.Count));
        builder.Append(") as s(id, known, next)), tenant as materialized (select ");
        builder.AppendParameter(tenant);
        builder.Append("::varchar as id), ");
        builder.Append(
            $"begun as (insert into {schema}.mt_streams (id, type, version, timestamp, tenant_id) "
                + "select s.id, "
        );
        builder.AppendParameter(events.AggregateAliasFor(kind));
        builder.Append(
            "::varchar, s.next, now(), t.id from wanted s, tenant t where s.known = 0 returning 1), "
                + $"moved as (update {schema}.mt_streams m set version = s.next, timestamp = now() "
                + "from wanted s, tenant t where s.known > 0 and m.tenant_id = t.id and m.id = s.id "
                + "and m.version = s.known and not m.is_archived returning 1), "
                + "done as materialized (select (select count(*) from begun) + (select count(*) from moved) as streams), "
                + $"told as (insert into {schema}.mt_events (seq_id, id, stream_id, version, data, type, tenant_id, "
                + "timestamp, mt_dotnet_type, is_archived, causation_id, correlation_id, user_name) "
                + $"select nextval('{schema}.mt_events_sequence'), f.id, f.stream, f.version, f.data, f.type, f.tenant, "
                + "f.at, f.dotnet, false, f.cause, f.correlation, f.actor "
                + "from (select u.*, t.id as tenant from done, tenant t, unnest("
        );
        Add(builder, NpgsqlDbType.Uuid, facts.Select(e => e.Id));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Uuid, streams.SelectMany(s => s.Events.Select(_ => s.Id)));
        builder.Append(", ");
        Add(
            builder,
            NpgsqlDbType.Bigint,
            streams.SelectMany(s => s.Events.Select((_, i) => s.Version + 1 + i))
        );
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Jsonb, facts.Select(e => Json(session, e.Data)));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Varchar, facts.Select(e => e.EventTypeName));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.TimestampTz, facts.Select(_ => now));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Varchar, facts.Select(e => e.DotNetTypeName));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Varchar, facts.Select(e => e.CausationId));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Varchar, facts.Select(e => e.CorrelationId));
        builder.Append(", ");
        Add(builder, NpgsqlDbType.Varchar, facts.Select(e => e.UserName));
        builder.Append(
            ") with ordinality as u(id, stream, version, data, type, at, dotnet, cause, correlation, actor, place) "
                + "where done.streams = "
        );
        builder.AppendParameter((long)streams.Count);
        builder.Append(" order by u.place) f returning 1) select streams from done");
    }

    public async Task PostprocessAsync(
        DbDataReader reader,
        IList<Exception> exceptions,
        CancellationToken token
    )
    {
        await reader.ReadAsync(token);
        var done = await reader.GetFieldValueAsync<long>(0, token);
        if (done != streams.Count)
        {
            exceptions.Add(
                new ConcurrencyException($"{streams.Count - done} of {streams.Count} streams moved on.", null)
            );
        }
    }

    public bool TryTransform(Exception original, out Exception transformed)
    {
        var isKnown =
            (original as PostgresException ?? original.InnerException as PostgresException) is
            { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "mt_streams" };
        transformed = isKnown
            ? new Marten.Exceptions.ExistingStreamIdCollisionException(streams[0].Id, kind)
            : original;
        return isKnown;
    }

    private static void Add<T>(
        Weasel.Postgresql.ICommandBuilder builder,
        NpgsqlDbType type,
        IEnumerable<T> values
    ) => builder.AppendParameter(values.ToArray()).NpgsqlDbType = NpgsqlDbType.Array | type;

    private byte[] Json(IStorageSession session, object data)
    {
        json.ResetWrittenCount();
        session.Serializer.WriteTo(json, data);
        return json.WrittenSpan.ToArray();
    }
}
