using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.History;

public class KeepingExports(SharedGateway shared)
{
    [Fact]
    public async Task A_file_goes_when_it_was_kept_long_enough()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "exports_expire");
        await using var tenant = await host.NewTenant();
        var export = await Export.Done(tenant, new { format = "csv" });
        var file = Assert.Single(Export.Files(host));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        host.Time.Move(TimeSpan.FromDays(7));
        var next = await Export.Done(tenant, new { format = "csv" });
        var id = export.GetProperty("id").GetGuid();
        await Export.Until(tenant, id, "expired");
        var gone = await tenant.Get($"/v1/audit/exports/{id}/content", HttpStatusCode.NotFound);

        Assert.Equal("export-is-gone", gone.GetProperty("code").GetString());
        Assert.Contains(next.GetProperty("id").GetString()!, Assert.Single(Export.Files(host)));
        await tenant.Get($"/v1/audit/exports/{id}/manifest");
    }

    [Fact]
    public async Task Who_asks_for_a_number_waits_until_its_texts_can_be_found_and_holds_up_nobody()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "exports_wait", isAlone: false);
        await using var tenant = await host.NewTenant();
        await tenant.Post("/v1/projections/Views/pause", new { reason = "test" }, HttpStatusCode.NoContent);
        await TestTenant.Until(async () =>
            (await tenant.Get("/v1/projections"))
                .EnumerateArray()
                .Any(reader =>
                    reader.GetProperty("name").GetString() == "Views"
                    && reader.GetProperty("status").GetString() == "paused"
                )
                ? default(JsonElement)
                : null
        );
        await tenant.Send("+447700900123", "Meanwhile");

        var ofNumber = await Export.Ask(tenant, new { format = "jsonl", number = "+447700900123" });
        await Export.Done(tenant, new { format = "jsonl" });
        var meanwhile = await tenant.Get($"/v1/audit/exports/{ofNumber}");
        await tenant.Post("/v1/projections/Views/resume", new { }, HttpStatusCode.NoContent);
        var lines = await Export.Lines(tenant, await Export.Until(tenant, ofNumber, "done"));

        Assert.Equal("running", meanwhile.GetProperty("status").GetString());
        Assert.Contains(lines, line => line.Contains("message_queued", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_it_fails_and_says_why()
    {
        var taken = Path.GetTempFileName();
        await using var host = await GatewayHost.Start(
            shared.Cluster,
            "exports_nowhere",
            new Dictionary<string, string> { ["Audit:ExportFolder"] = Path.Combine(taken, "exports") }
        );
        await using var tenant = await host.NewTenant();

        var failed = await Export.Until(tenant, await Export.Ask(tenant, new { format = "csv" }), "failed");
        var id = failed.GetProperty("id").GetGuid();
        var content = await tenant.Get($"/v1/audit/exports/{id}/content", HttpStatusCode.NotFound);
        using var removed = await tenant.Http.DeleteAsync(
            $"/v1/audit/exports/{id}",
            TestContext.Current.CancellationToken
        );

        Assert.Equal("The folder for exports can't be written to.", failed.GetProperty("error").GetString());
        Assert.Equal("export-is-gone", content.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        File.Delete(taken);
    }
}
