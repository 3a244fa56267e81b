using System.Net;

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
