using System.Net;
using Gateway.Scenarios.Views;
using Gateway.Scenarios.Webhooks;
using Npgsql;

namespace Gateway.Scenarios.Archives;

/// <summary>One for all scenarios about archives.</summary>
[CollectionDefinition(Name)]
public sealed class ArchivedHistories : ICollectionFixture<ArchivedHistory>
{
    public const string Name = "archived history";
}

/// <summary>A varied history, and the archives that its gateway gave of it.</summary>
public sealed class ArchivedHistory(SharedGateway shared) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-archive-");
    private readonly VariedHistory history = new(shared);

    public SharedGateway Shared => shared;
    public string ConnectionString => history.ConnectionString;

    /// <summary>All of it.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "history.gz");

    /// <summary>What had to do with the message that was in doubt for a while.</summary>
    public string Incident => System.IO.Path.Combine(folder.FullName, "incident.gz");

    /// <summary>A key of the origin.</summary>
    public string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await history.InitializeAsync();
        await using var host = GatewayHost.On(
            history.ConnectionString,
            new Dictionary<string, string> { ["Webhooks:AllowPrivateAddresses"] = "true" }
        );
        Key = await host.NewKey("default");
        var (tenant, message) = await Doubted();
        var theirs = await host.NewKey(tenant);
        await Administer(host);
        await VariedHistory.CaughtUp(host);
        await Take(host, theirs, $"?around={message}", Incident);
        await Take(host, Key, "", Path);
    }

    /// <summary>What operators do.</summary>
    private async Task Administer(GatewayHost host)
    {
        await using var tenant = new TestTenant(host, "default", Key);
        var phone = await tenant.Connect();
        var id = await tenant.Send("+447700900123", "To be read");
        await tenant.Until(id, "delivered");
        await tenant.Post(
            $"/v1/devices/{phone.Id}/pause",
            new { reason = "battery" },
            HttpStatusCode.NoContent
        );
        await tenant.Post($"/v1/devices/{phone.Id}/resume", new { }, HttpStatusCode.NoContent);
        await using var gone = await Receiver.Answering(410);
        var webhook = await tenant.Post(
            "/v1/webhooks",
            new { url = gone.Url, events = new[] { "device.*" } },
            HttpStatusCode.Created
        );
        await tenant.Post(
            $"/v1/webhooks/{webhook.GetProperty("id").GetGuid()}/test",
            new { },
            HttpStatusCode.Accepted
        );
        await TestTenant.Until(async () =>
        {
            var given = (await tenant.Get("/v1/audit?type=webhook_given_up")).GetProperty("items");
            return given.GetArrayLength() > 0 ? given : null;
        });
        using var retired = await tenant.Http.DeleteAsync($"/v1/devices/{phone.Id}");
        var shop = await tenant.Post(
            "/v1/keys",
            new { name = "shop", scopes = new[] { "messages:send" } },
            HttpStatusCode.Created
        );
        using var revoked = await tenant.Http.DeleteAsync($"/v1/keys/{shop.GetProperty("id").GetGuid()}");
        await tenant.Post("/v1/projections/Views/pause", new { reason = "a look" }, HttpStatusCode.NoContent);
        await tenant.Post("/v1/projections/Views/resume", new { }, HttpStatusCode.NoContent);
        await tenant.Post("/v1/projections/rebuilds", new { }, HttpStatusCode.Accepted);
        await TestTenant.Until(async () =>
        {
            var rebuilds = await tenant.Get("/v1/projections/rebuilds");
            return rebuilds[0].GetProperty("status").GetString() == "finished" ? rebuilds : null;
        });
    }

    private static async Task Take(GatewayHost host, string key, string which, string path)
    {
        using var client = host.Client(key);
        await File.WriteAllBytesAsync(path, await client.GetByteArrayAsync($"/v1/archive{which}"));
    }

    private async Task<(string Tenant, Guid Message)> Doubted()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(
            "select tenant_id, stream_id from gateway.mt_events where type = 'message_doubt_resolved'"
        );
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetString(0), row.GetGuid(1));
    }

    /// <summary>Everything that an archive must bring along, of the facts up to a position.</summary>
    public static async Task<IReadOnlyList<string>> Log(string connectionString, long upTo)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }
        );
        await using var command = source.CreateCommand(
            """
            select to_jsonb(e)::text from gateway.mt_events e where seq_id <= $1
            union all
            select to_jsonb(s)::text from (
                select tenant_id, id, type, version, is_archived from gateway.mt_streams s where exists (
                    select from gateway.mt_events e
                    where e.tenant_id = s.tenant_id and e.stream_id = s.id and e.seq_id <= $1)
            ) s order by 1
            """
        );
        command.Parameters.Add(new() { Value = upTo });
        await using var rows = await command.ExecuteReaderAsync();
        var log = new List<string>();
        while (await rows.ReadAsync())
        {
            log.Add(rows.GetString(0));
        }

        return log;
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(true);
        return ValueTask.CompletedTask;
    }
}
