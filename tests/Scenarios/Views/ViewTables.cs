using Npgsql;

namespace Gateway.Scenarios.Views;

/// <summary>The tables of a gateway's documents as they are stored.</summary>
public sealed class ViewTables(string connectionString)
{
    private readonly string connectionString = new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
    }.ConnectionString;

    /// <summary>Every row of every document, without when it was written and how often.</summary>
    public async Task<IReadOnlyList<string>> Rows()
    {
        var rows = new List<string>();
        foreach (
            var table in await Read(
                "select tablename from pg_tables where schemaname = 'gateway' and tablename like 'mt_doc_%'"
            )
        )
        {
            rows.AddRange(
                await Read(
                    $"""
                    select '{table} ' || (to_jsonb(row) - 'mt_last_modified' - 'mt_version')::text
                    from gateway.{table} row
                    """
                )
            );
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>The stored names of all events there are.</summary>
    public Task<IReadOnlyList<string>> Facts() => Read("select distinct type from gateway.mt_events");

    /// <summary>The names of events that nobody is known for.</summary>
    public Task<IReadOnlyList<string>> Nameless() =>
        Read("select distinct type from gateway.mt_events where user_name is null");

    /// <summary>Of every three rows one is deleted and one is changed, and one is added that never was.</summary>
    public async Task Tamper(string view)
    {
        var table = $"gateway.mt_doc_{view}";
        Assert.NotEmpty(await Read($"select id::text from {table}"));
        await Read(
            $"""
            with numbered as (select ctid as place, row_number() over () as number from {table})
            delete from {table} where ctid in (select place from numbered where number % 3 = 2)
            """
        );
        await Read(
            $$"""
            with numbered as (select ctid as place, row_number() over () as number from {{table}})
            update {{table}} set data = data || '{"forged": true}'
            where ctid in (select place from numbered where number % 3 = 1)
            """
        );
        await Read(
            $"""
            insert into {table} select forged.* from (select * from {table} limit 1) row,
            jsonb_populate_record(null::{table}, to_jsonb(row) || jsonb_build_object('id', gen_random_uuid())) forged
            """
        );
    }

    private async Task<IReadOnlyList<string>> Read(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
