using Gateway.Scenarios.Views;

namespace Gateway.Scenarios.Archives;

[Collection(ArchivedHistories.Name)]
public sealed class MovingAGateway(ArchivedHistory origin)
{
    [Fact]
    public async Task Facts_streams_views_and_what_is_kept_beside_them_come_out_the_same()
    {
        var copy = await origin.Shared.Cluster.CreateDatabase("moved_same");

        var (exitCode, said) = await GatewayProgram.Run(copy, "import", origin.Path);

        Assert.True(exitCode == 0, said);
        var log = await ArchivedHistory.Log(copy, long.MaxValue);
        var last = await Positions.Last(copy);
        Assert.Equal(await ArchivedHistory.Log(origin.ConnectionString, last), log);
        Assert.Equal(await new ViewTables(origin.ConnectionString).Rows(), await new ViewTables(copy).Rows());
    }

    [Fact]
    public async Task The_views_are_what_the_stores_own_rebuild_makes_of_the_facts()
    {
        var copy = await origin.Shared.Cluster.CreateDatabase("moved_rebuilt");
        await GatewayProgram.Run(copy, "import", origin.Path);

        var (exitCode, said) = await GatewayProgram.Run(copy, "rebuild-views");

        Assert.True(exitCode == 0, said);
    }

    [Fact]
    public async Task The_copy_goes_on_where_the_archive_ends_and_tells_no_webhook_what_is_past()
    {
        var copy = await origin.Shared.Cluster.CreateDatabase("moved_goes_on");
        await GatewayProgram.Run(copy, "import", origin.Path);
        var last = await Positions.Last(copy);

        await using var host = GatewayHost.On(copy, isAlone: false);
        await using var tenant = new TestTenant(host, "default", origin.Key);
        var id = await tenant.Send("+447700900123", "After the move");
        await tenant.Until(id, "held");
        await VariedHistory.CaughtUp(host);

        var page = await tenant.Get($"/v1/audit?after={last}");
        Assert.Equal(
            ["message_queued", "message_held"],
            page.GetProperty("items")
                .EnumerateArray()
                .Take(2)
                .Select(fact => fact.GetProperty("type").GetString())
        );
        Assert.Empty(await Positions.Attempts(copy, last));
        Assert.False(File.Exists(Path.Combine(host.Folder, "first-key")));
    }
}
