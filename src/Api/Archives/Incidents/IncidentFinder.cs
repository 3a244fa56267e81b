using System.Text.Json;
using Gateway.Application;
using Gateway.Domain.Consent;
using Gateway.Domain.Messages;
using Gateway.Projections.History;
using Marten;
using NodaTime;
using Npgsql;

namespace Gateway.Api.Archives.Incidents;

/// <summary>Some streams of a tenant, each from its first fact up to one position.</summary>
public sealed record Incident(string Tenant, IReadOnlyCollection<Guid> Streams, long UpTo);

/// <summary>
/// Finds what a message had to do with: the streams that its own facts name, what else was written in its conversation,
/// and all that followed from the same request.
/// </summary>
public sealed class IncidentFinder(IDocumentStore store, NpgsqlDataSource database, FactLog log)
{
    /// <summary>Of the conversation the last ones, of a request that sent to many the first ones.</summary>
    private const int MostOthers = 200;

    /// <summary>What a message that is over left behind is all there by then.</summary>
    private static readonly Duration Afterwards = Duration.FromMinutes(1);

    /// <summary>Null when there is no such message.</summary>
    public async Task<Incident?> Around(string tenant, Guid message, CancellationToken cancellation)
    {
        var own = await log.Stream(tenant, message, cancellation);
        if (own.Count == 0 || !own.Any(fact => fact.HasText))
        {
            return null;
        }

        var end = await End(tenant, message, own[^1], cancellation);
        var named = own.SelectMany(Named).ToHashSet();
        Guid[] found =
        [
            message,
            .. named,
            .. await Others(tenant, named, own[0].Correlation, end, cancellation),
        ];
        return new(tenant, found.ToHashSet(), end);
    }

    /// <summary>A message that isn't over may still depend on everything that happens.</summary>
    private async Task<long> End(string tenant, Guid message, StoredFact last, CancellationToken cancellation)
    {
        var mark = await log.Mark(cancellation);
        await using var session = store.QuerySession(tenant);
        if (
            await session.Events.AggregateStreamAsync<Message>(message, token: cancellation) is
            { IsOver: false }
        )
        {
            return mark;
        }

        var afterwards = Instant.FromDateTimeUtc(last.RecordedAt) + Afterwards;
        var found = await log.PositionAt(afterwards, cancellation);
        return found.IsFuture ? mark : Math.Min(mark, found.Position);
    }

    /// <summary>Ids in a fact, of whatever stream they are; and the one that holds a remote party's consent.</summary>
    private static IEnumerable<Guid> Named(StoredFact fact)
    {
        using var json = JsonDocument.Parse(fact.Json);
        var texts = Texts(json.RootElement).ToList();
        return
        [
            .. texts.Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>(),
            .. texts.Where(text => text.StartsWith('+')).Select(ConsentState.IdOf),
            .. KeyOf(fact.Actor) is { } key ? [key] : Array.Empty<Guid>(),
        ];
    }

    private static Guid? KeyOf(string? actor) =>
        actor?.Split(':') is ["key", var id] && Guid.TryParse(id, out var key) ? key : null;

    private static IEnumerable<string> Texts(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Texts(member.Value)),
            JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
            JsonValueKind.String => [json.GetString()!],
            _ => [],
        };

    /// <summary>Other texts of its conversations, and the streams in which the same request left facts, with their webhooks.</summary>
    private async Task<IReadOnlyList<Guid>> Others(
        string tenant,
        IReadOnlyCollection<Guid> named,
        string? correlation,
        long end,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            $"""
            (select e.stream_id, null::uuid from gateway.mt_events e
             where e.tenant_id = @tenant and e.type in ('message_dispatched', 'inbound_message_received')
               and e.data ->> 'conversationId' = any(@named) and e.seq_id <= @end
             order by e.seq_id desc limit {MostOthers})
            union
            (select e.stream_id, (e.data ->> 'webhookId')::uuid from gateway.mt_events e
             where e.tenant_id = @tenant and e.correlation_id = @correlation and e.seq_id <= @end
             order by e.seq_id limit {MostOthers})
            """
        );
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("named", named.Select(id => id.ToString()).ToArray());
        command.Parameters.AddWithValue("correlation", correlation ?? "");
        command.Parameters.AddWithValue("end", end);
        var found = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(rows.GetGuid(0));
            if (!rows.IsDBNull(1))
            {
                found.Add(rows.GetGuid(1));
            }
        }

        return found;
    }
}
