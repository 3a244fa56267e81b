using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace Gateway.Scenarios.Faults;

[Collection(nameof(Faults))]
public class KillingAnExport(SharedGateway shared)
{
    private const int Facts = 100_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_half_way_it_is_written_to_its_end_after_the_next_start()
    {
        var connection = await shared.Cluster.CreateDatabase("faults_export_killed");
        using var gateway = await GatewayProcess.Start(connection);
        await WithLongHistory(gateway, connection);
        var id = await Ask(gateway);

        await Half(gateway, id);
        await gateway.Kill();
        var left = Files(gateway);
        await gateway.Start();
        var done = await Until(gateway, id, "done");
        var content = await gateway.Http.GetByteArrayAsync($"/v1/audit/exports/{id}/content", Stop);

        Assert.Equal([$"{id}.jsonl.part"], left);
        Assert.Equal([$"{id}.jsonl"], Files(gateway));
        Assert.True(done.GetProperty("progress").GetProperty("facts").GetInt64() > Facts);
        Assert.Equal(
            done.GetProperty("progress").GetProperty("facts").GetInt64(),
            content.LongCount(octet => octet == '\n')
        );
        Assert.Equal(
            done.GetProperty("sha256").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(content))
        );
    }

    [Fact]
    public async Task Called_off_half_way_nothing_of_it_is_left()
    {
        var connection = await shared.Cluster.CreateDatabase("faults_export_cancelled");
        using var gateway = await GatewayProcess.Start(connection);
        await WithLongHistory(gateway, connection);
        var id = await Ask(gateway);

        await Half(gateway, id);
        using var early = await gateway.Http.GetAsync($"/v1/audit/exports/{id}/content", Stop);
        using var cancelled = await gateway.Http.DeleteAsync($"/v1/audit/exports/{id}", Stop);
        await Until(gateway, id, "cancelled");
        await Eventually.True(
            () => Task.FromResult(Files(gateway).Count == 0),
            TimeSpan.FromSeconds(10),
            "an empty folder"
        );
        var next = await Until(gateway, await Ask(gateway), "done");

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Contains("export-is-not-done", await early.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal([$"{next.GetProperty("id").GetString()}.jsonl"], Files(gateway));
        Assert.Equal("cancelled", await Status(gateway, id));
    }

    private static async Task WithLongHistory(GatewayProcess gateway, string connection)
    {
        await gateway.Http.GetAsync("/v1/events", Stop);
        await Lengthen(connection);
        await Eventually.True(
            async () =>
                (await gateway.Get($"/v1/events?after={Facts}&limit=1")).GetProperty("after").GetInt64()
                > Facts,
            TimeSpan.FromSeconds(60),
            "a log that is complete to its end"
        );
    }

    /// <summary>Facts that no view takes in, copied from one that is there, at the end of the log.</summary>
    private static async Task Lengthen(string connection)
    {
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connection) { Pooling = false }
        );
        await using var copy = database.CreateCommand(
            $"""
            insert into gateway.mt_events
            select (jsonb_populate_record(e, jsonb_build_object(
                'seq_id', nextval('gateway.mt_events_sequence'), 'id', gen_random_uuid(), 'version', 1 + n
            ))).*
            from gateway.mt_events e, generate_series(1, {Facts}) n
            where e.seq_id = (select min(seq_id) from gateway.mt_events where type = 'api_key_created')
            """
        );
        copy.CommandTimeout = 120;
        await copy.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<string> Ask(GatewayProcess gateway)
    {
        using var answer = await gateway.Http.PostAsJsonAsync(
            "/v1/audit/exports",
            new { format = "jsonl" },
            Stop
        );
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
    }

    private static Task Half(GatewayProcess gateway, string id) =>
        Eventually.True(
            async () =>
                (await gateway.Get($"/v1/audit/exports/{id}"))
                    .GetProperty("progress")
                    .GetProperty("facts")
                    .GetInt64() > 0,
            TimeSpan.FromSeconds(20),
            "an export that is being written"
        );

    private static async Task<JsonElement> Until(GatewayProcess gateway, string id, string status)
    {
        await Eventually.True(
            async () => await Status(gateway, id) == status,
            TimeSpan.FromSeconds(60),
            $"an export that is {status}"
        );
        return await gateway.Get($"/v1/audit/exports/{id}");
    }

    private static async Task<string?> Status(GatewayProcess gateway, string id) =>
        (await gateway.Get($"/v1/audit/exports/{id}")).GetProperty("status").GetString();

    private static IReadOnlyList<string> Files(GatewayProcess gateway) =>
        Directory.Exists(Path.Combine(gateway.Folder, "data", "exports"))
            ?
            [
                .. Directory
                    .EnumerateFiles(Path.Combine(gateway.Folder, "data", "exports"))
                    .Select(f => Path.GetFileName(f)),
            ]
            : [];
}
