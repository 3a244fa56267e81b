using Gateway.Domain.Consent;
using Npgsql;

namespace Gateway.Projections.History;

/// <summary>How the log is asked, so that what is looked for is found by an index and the work is that of the page.</summary>
public sealed partial class FactLog
{
    private async Task<NpgsqlCommand> Asked(
        FactFilter filter,
        long after,
        long upTo,
        int most,
        string columns,
        CancellationToken cancellation
    )
    {
        var command = database.CreateCommand();
        var where = new List<string> { "e.tenant_id = @tenant", "e.seq_id > @after", "e.seq_id <= @upTo" };
        command.Parameters.AddWithValue("tenant", filter.Tenant);
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("upTo", upTo);
        command.Parameters.AddWithValue("most", most);
        Narrow("e.stream_id = @stream", "stream", filter.Stream);
        Narrow("e.correlation_id = @correlation", "correlation", filter.Correlation);
        Narrow("e.user_name = @actor", "actor", filter.Actor);
        if (filter.Types is { Count: > 0 } types)
        {
            Narrow("e.type = any(@types)", "types", types.SelectMany(forms.NamesOf).ToArray());
        }

        var roads =
            filter.Read is { } read ? ByReading(command, read)
            : filter.Number is { } number ? await ByNumber(command, filter.Tenant, number, cancellation)
            : filter.Device is { } device ? ByDevice(command, device)
            : filter is { Types.Count: > 0, Stream: null, Correlation: null, Actor: null } ? ByType
            : ["where {0} order by e.seq_id limit @most"];
        command.CommandText = Merge(roads, string.Join(" and ", where), columns);
        return command;

        void Narrow(string condition, string name, object? value)
        {
            if (value is not null)
            {
                where.Add(condition);
                command.Parameters.AddWithValue(name, value);
            }
        }
    }

    /// <summary>Each road finds its first facts by itself, and the first of them all are taken.</summary>
    private static string Merge(string[] roads, string where, string columns)
    {
        var parts = roads.Select(road =>
            $"(select e.* from {(road.StartsWith("where", StringComparison.Ordinal) ? "gateway.mt_events e " : "")}{string.Format(null, road, where)})"
        );
        return roads.Length == 1
            ? $"select {columns} from {parts.Single()} e order by e.seq_id"
            : $"""
                select {columns} from (
                    select distinct on (e.seq_id) e.* from ({string.Join(" union all ", parts)}) e
                    order by e.seq_id limit @most
                ) e order by e.seq_id
                """;
    }

    /// <summary>An index gives each type in order; none gives several.</summary>
    private static readonly string[] ByType =
    [
        """
            unnest(@types) t(name) cross join lateral (
                select e.* from gateway.mt_events e where {0} and e.type = t.name order by e.seq_id limit @most
            ) e
            """,
    ];

    private static string[] ByDevice(NpgsqlCommand command, Guid device)
    {
        command.Parameters.AddWithValue("device", device);
        command.Parameters.AddWithValue("deviceText", device.ToString());
        command.Parameters.AddWithValue("deviceActor", $"device:{device}");
        return
        [
            "where {0} and e.stream_id = @device order by e.seq_id limit @most",
            "where {0} and e.user_name = @deviceActor order by e.seq_id limit @most",
            "where {0} and e.data ? 'deviceId' and e.data ->> 'deviceId' = @deviceText order by e.seq_id limit @most",
        ];
    }

    private const string OfReadings =
        "where {0} and e.type = 'content_read' and e.data -> 'subjects' ?| @subjects order by e.seq_id limit @most";

    private static string[] ByReading(NpgsqlCommand command, IReadOnlyList<string> subjects)
    {
        command.Parameters.AddWithValue("subjects", subjects.ToArray());
        return [OfReadings];
    }

    private async Task<string[]> ByNumber(
        NpgsqlCommand command,
        string tenant,
        string number,
        CancellationToken cancellation
    )
    {
        var (texts, threads, devices) = await Concerned(tenant, number, cancellation);
        Guid[] others = [.. devices, ConsentState.IdOf(number), .. threads.Select(Guid.Parse)];
        var isMany = texts.Length > ManyStreams;
        command.Parameters.AddWithValue(
            "subjects",
            (string[])[.. threads, ConsentState.IdOf(number).ToString()]
        );
        command.Parameters.AddWithValue("streams", isMany ? others : [.. texts, .. others]);
        command.Parameters.AddWithValue("number", number);
        const string OfStreams = """
            unnest(@streams) s(id) cross join lateral (
                select e.* from gateway.mt_events e where {0} and e.stream_id = s.id offset 0
            ) e order by e.seq_id limit @most
            """;
        const string Walk = """
            where {0} and exists (
                select from gateway.mt_doc_messageview v where v.tenant_id = e.tenant_id and v.id = e.stream_id
                  and (v.remote = @number or v.data ->> 'line' = @number)
            ) order by e.seq_id limit @most
            """;
        return isMany ? [OfStreams, OfReadings, Walk] : [OfStreams, OfReadings];
    }

    /// <summary>As what a number stands in facts about reading: its conversations, and itself.</summary>
    public async Task<IReadOnlyList<string>> SubjectsOf(
        string tenant,
        string number,
        CancellationToken cancellation
    )
    {
        var (texts, threads, _) = await Concerned(tenant, number, cancellation);
        return [.. threads, .. texts.Select(id => id.ToString()), ConsentState.IdOf(number).ToString()];
    }

    /// <summary>The texts of a number, its conversations, and the devices that have it.</summary>
    private async Task<(Guid[] Texts, string[] Threads, Guid[] Devices)> Concerned(
        string tenant,
        string number,
        CancellationToken cancellation
    )
    {
        await using var asked = database.CreateCommand(
            """
            select array(
                select id from gateway.mt_doc_messageview
                where tenant_id = @tenant and (remote = @number or data ->> 'line' = @number) limit @many + 1
            ), array(
                select id::text from gateway.mt_doc_conversationview
                where tenant_id = @tenant and (data ->> 'remote' = @number or data ->> 'line' = @number) limit @many
            ), array(
                select id from gateway.mt_doc_deviceroster
                where tenant_id = @tenant
                  and data -> 'device' -> 'sims' @> jsonb_build_array(jsonb_build_object('number', @number::text))
            )
            """
        );
        asked.Parameters.AddWithValue("tenant", tenant);
        asked.Parameters.AddWithValue("number", number);
        asked.Parameters.AddWithValue("many", ManyStreams);
        await using var row = await asked.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetFieldValue<Guid[]>(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<Guid[]>(2));
    }
}
