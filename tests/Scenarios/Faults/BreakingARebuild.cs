using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Scenarios.Views;
using Npgsql;

namespace Gateway.Scenarios.Faults;

/// <summary>A rebuild that can't come to its end leaves the views in use as they are.</summary>
[Collection(nameof(Faults))]
public class BreakingARebuild(SharedGateway shared)
{
    [Fact]
    public async Task Killed_half_way_it_begins_again_by_itself()
    {
        var connection = await shared.Cluster.CreateDatabase("faults_rebuild_killed");
        using var gateway = await WithAHistory(connection);
        var before = await Rows(connection);

        // Slow enough to be hit in the middle.
        await OnEachInsert(connection, "perform pg_sleep(60);");
        var rebuild = await Ask(gateway);
        await Eventually.True(
            async () => await Exists(connection, "pg_stat_activity where wait_event = 'PgSleep'"),
            TimeSpan.FromSeconds(30),
            "rows being written beside"
        );
        await gateway.Kill();
        Assert.Equal(before, await Rows(connection));
        await Execute(
            connection,
            "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'; drop event trigger beside"
        );
        await gateway.Start();

        Assert.Equal("finished", await Ended(gateway, rebuild));
        Assert.Equal(before, await Rows(connection));
    }

    [Fact]
    public async Task On_a_full_disk_it_fails_and_gives_the_room_back()
    {
        var connection = await shared.Cluster.CreateDatabase("faults_rebuild_full");
        using var gateway = await WithAHistory(connection);
        var before = await Rows(connection);

        await OnEachInsert(
            connection,
            "raise exception 'could not extend file: No space left on device' using errcode = '53100';"
        );
        var rebuild = await Ask(gateway);

        Assert.Equal("failed", await Ended(gateway, rebuild));
        Assert.Contains("No space left", (await Read(gateway, rebuild)).GetProperty("reason").GetString());
        Assert.Equal(before, await Rows(connection));
        Assert.False(await Exists(connection, "pg_tables where schemaname = 'gateway_beside'"));

        await Execute(connection, "drop event trigger beside");
        Assert.Equal("finished", await Ended(gateway, await Ask(gateway)));
        Assert.Equal(before, await Rows(connection));
    }

    private static async Task<GatewayProcess> WithAHistory(string connection)
    {
        var gateway = await GatewayProcess.Start(connection);
        using var phone = await AgentProcess.Start(gateway, "phone-1");
        var ledger = new Ledger(gateway);
        await ledger.Send(20);
        await ledger.Settled();
        await ledger.ViewsAgree();
        return gateway;
    }

    /// <summary>Has the database do something whenever rows come into a table beside.</summary>
    private static Task OnEachInsert(string connection, string then) =>
        Execute(
            connection,
            $"""
            create function each_insert() returns trigger language plpgsql as $$
            begin {then} return null; end $$;
            create function beside() returns event_trigger language plpgsql as $$
            declare made record;
            begin
                for made in select * from pg_event_trigger_ddl_commands()
                    where schema_name = 'gateway_beside' and object_type = 'table'
                loop
                    execute format(
                        'create trigger each_insert before insert on %s for each statement execute function public.each_insert()',
                        made.object_identity);
                end loop;
            end $$;
            create event trigger beside on ddl_command_end when tag in ('CREATE TABLE') execute function beside()
            """
        );

    private static async Task<Guid> Ask(GatewayProcess gateway)
    {
        using var answer = await gateway.Http.PostAsJsonAsync("/v1/projections/rebuilds", new { });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static Task<JsonElement> Read(GatewayProcess gateway, Guid rebuild) =>
        gateway.Get($"/v1/projections/rebuilds/{rebuild}");

    private static async Task<string?> Ended(GatewayProcess gateway, Guid rebuild)
    {
        var status = "";
        await Eventually.True(
            async () =>
            {
                status = (await Read(gateway, rebuild)).GetProperty("status").GetString();
                return status != "running";
            },
            TimeSpan.FromSeconds(60),
            "the end of a rebuild"
        );
        return status;
    }

    /// <summary>Of the views; devices and keys go on being used.</summary>
    private static async Task<IEnumerable<string>> Rows(string connection) =>
        (await new ViewTables(connection).Rows()).Where(row =>
            !row.StartsWith("mt_doc_apikeyuse", StringComparison.Ordinal)
            && !row.StartsWith("mt_doc_devicepresence", StringComparison.Ordinal)
        );

    private static async Task<bool> Exists(string connection, string what)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand($"select exists (select from {what})");
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(string connection, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
