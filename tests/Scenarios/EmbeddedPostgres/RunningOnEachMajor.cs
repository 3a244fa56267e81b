using Gateway.EmbeddedPostgres.Binaries;
using Gateway.Scenarios.Faults;

namespace Gateway.Scenarios.EmbeddedPostgres;

[Collection(nameof(Faults))]
public class RunningOnEachMajor
{
    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    public async Task The_whole_gateway_works_on_every_major(int major)
    {
        using var folder = new PostgresFolder();
        var settings = new Dictionary<string, string>
        {
            ["EmbeddedPostgres__Root"] = folder.Root,
            ["EmbeddedPostgres__BinDirectory"] = await Programs(folder, major),
        };
        using var gateway = await GatewayProcess.Start(settings);
        using var phone = await AgentProcess.Start(gateway, "phone-1");
        var ledger = new Ledger(gateway);

        await ledger.Send(20);
        await ledger.Settled();
        await ledger.ViewsAgree();

        Assert.StartsWith($"{major}", File.ReadAllText(Path.Combine(folder.Cluster, "PG_VERSION")));
        Assert.Equal(20, ledger.In("delivered"));
        ledger.AgreesWithTheCarrier(phone);
        Assert.Equal(0, (await gateway.Stop()).ExitCode);
    }

    /// <summary>Those that are installed, else fetched ones.</summary>
    private static async Task<string> Programs(PostgresFolder folder, int major)
    {
        var stop = TestContext.Current.CancellationToken;
        var installed = (await InstalledPostgres.Find(stop)).FirstOrDefault(one => one.Major == major);
        if (installed.Folder is { } at)
        {
            return at;
        }

        var options = new Gateway.EmbeddedPostgres.EmbeddedPostgresOptions
        {
            Root = folder.Root,
            CacheDirectory = Path.Combine(folder.Top, "binaries"),
        };
        return await FetchingPostgres.UnlessOffline(() =>
            PostgresDownload.Fetch(PinnedBuild.For(major)!, options, stop)
        );
    }
}
