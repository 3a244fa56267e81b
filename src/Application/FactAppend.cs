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
        var facts = streams
            .SelectMany(stream =>
                stream.Events.Select((e, i) => (stream.Id, Version: stream.Version + 1 + i, e))
            )
            .ToList();

        var blanks = new Queue<NpgsqlParameter>(builder.AppendWithParameters(Sql(events.DatabaseSchemaName)));
        Fill(NpgsqlDbType.Uuid, streams.Select(stream => stream.Id));
        Fill(NpgsqlDbType.Bigint, streams.Select(stream => stream.Version));
        Fill(NpgsqlDbType.Bigint, streams.Select(stream => stream.Version + stream.Events.Count));
        Say(NpgsqlDbType.Varchar, tenant);
        Say(NpgsqlDbType.Varchar, events.AggregateAliasFor(kind));
        Fill(NpgsqlDbType.Uuid, facts.Select(fact => fact.e.Id));
        Fill(NpgsqlDbType.Uuid, facts.Select(fact => fact.Id));
        Fill(NpgsqlDbType.Bigint, facts.Select(fact => fact.Version));
        Fill(NpgsqlDbType.Jsonb, facts.Select(fact => Json(session, fact.e.Data)));
        Fill(NpgsqlDbType.Varchar, facts.Select(fact => fact.e.EventTypeName));
        Fill(NpgsqlDbType.Varchar, facts.Select(fact => fact.e.DotNetTypeName));
        Fill(NpgsqlDbType.Varchar, facts.Select(fact => fact.e.CausationId));
        Fill(NpgsqlDbType.Varchar, facts.Select(fact => fact.e.CorrelationId));
        Fill(NpgsqlDbType.Varchar, facts.Select(fact => fact.e.UserName));
        Say(NpgsqlDbType.Bigint, (long)streams.Count);

        void Fill<T>(NpgsqlDbType type, IEnumerable<T> values) =>
            Say(NpgsqlDbType.Array | type, values.ToArray());

        void Say(NpgsqlDbType type, object value)
        {
            var blank = blanks.Dequeue();
            (blank.NpgsqlDbType, blank.Value) = (type, value);
        }
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

    /// <summary>Answers how many streams stood where they were read; unless all did, no event is written.</summary>
    private static string Sql(string schema) =>
        $"""
            with wanted as materialized (select * from unnest(?, ?, ?) as s(id, known, next)),
            tenant as materialized (select ?::varchar as id),
            begun as (
                insert into {schema}.mt_streams (id, type, version, timestamp, tenant_id)
                select s.id, ?::varchar, s.next, now(), t.id from wanted s, tenant t where s.known = 0
                returning 1
            ),
            moved as (
                update {schema}.mt_streams m set version = s.next, timestamp = now() from wanted s, tenant t
                where s.known > 0 and m.tenant_id = t.id and m.id = s.id and m.version = s.known and not m.is_archived
                returning 1
            ),
            done as materialized (select (select count(*) from begun) + (select count(*) from moved) as streams),
            told as (
                insert into {schema}.mt_events
                    (seq_id, id, stream_id, version, data, type, tenant_id, timestamp,
                     mt_dotnet_type, is_archived, causation_id, correlation_id, user_name)
                select nextval('{schema}.mt_events_sequence'), f.id, f.stream, f.version, f.data, f.type, f.tenant, now(),
                       f.dotnet, false, f.cause, f.correlation, f.actor
                from (
                    select u.*, t.id as tenant
                    from done, tenant t, unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
                        as u(id, stream, version, data, type, dotnet, cause, correlation, actor, place)
                    where done.streams = ? order by u.place
                ) f
                returning 1
            )
            select streams from done
            """;

    private byte[] Json(IStorageSession session, object data)
    {
        json.ResetWrittenCount();
        session.Serializer.WriteTo(json, data);
        return json.WrittenSpan.ToArray();
    }
}
