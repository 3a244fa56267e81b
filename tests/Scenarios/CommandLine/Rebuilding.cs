using Gateway.Scenarios.Views;

namespace Gateway.Scenarios.CommandLine;

public class Rebuilding(SharedGateway shared)
{
    private const string Bob = "+447700900123";

    [Fact]
    public async Task Views_are_rebuilt_and_come_out_identical()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "by_hand", isAlone: false);
        var (shell, tenant) = await Shell.SignIn(host);
        await using var _ = tenant;
        await shell.Done("send", Bob, "Hello");
        await shell.JsonUntil(lines => lines.Count == 1, "messages", "list");

        var ended = await shell.Done("projections", "rebuild", "Messages", "Conversations", "--wait");
        var listed = await shell.Json("projections", "rebuilds");
        var shown = await shell.Done("projections", "rebuilds", await Last(shell));
        await shell.Done("projections", "cancel", await Last(shell));

        Assert.EndsWith("identical: 1 row", ended);
        Assert.Equal(ended, shown);
        Assert.Equal("finished", Assert.Single(listed).GetProperty("status").GetString());
        Assert.Contains("identical: 1 row", await shell.Done("projections", "rebuilds"));
    }

    [Fact]
    public async Task Rows_that_were_tampered_with_are_named_and_put_right()
    {
        var connection = await shared.Cluster.CreateDatabase("by_hand_tampered");
        await using var host = GatewayHost.On(connection, isAlone: false);
        var (shell, tenant) = await Shell.SignIn(host);
        await using var _ = tenant;
        var id = await shell.Done("send", Bob, "Hello", "--quiet");
        await shell.JsonUntil(lines => lines.Count == 1, "messages", "list");
        await new ViewTables(connection).Tamper("messageview");

        var tampered = await shell.Run("projections", "rebuild", "--wait");

        Assert.Equal(1, tampered.Code);
        Assert.Contains("different: 2 of ", tampered.Out);
        Assert.Contains(id, tampered.Out);
        Assert.Equal(0, (await shell.Run("projections", "rebuild", "--wait")).Code);
        Assert.Equal(id, await shell.Done("messages", "list", "--quiet"));
    }

    [Fact]
    public async Task A_reader_is_paused_and_goes_on()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "by_hand_pausing", isAlone: false);
        var (shell, tenant) = await Shell.SignIn(host);
        await using var _ = tenant;

        await shell.Done("projections", "pause", "Webhooks", "--reason", "the receiver is being moved");
        var paused = await shell.JsonUntil(
            readers => readers.Any(reader => reader.GetProperty("status").GetString() == "paused"),
            "projections",
            "list"
        );
        await shell.Done("projections", "resume", "Webhooks");
        await shell.JsonUntil(
            readers => readers.All(reader => reader.GetProperty("status").GetString() == "running"),
            "projections",
            "list"
        );

        Assert.Equal(3, paused.Count);
        Assert.Equal(1, (await shell.Run("projections", "pause", "Horoscopes")).Code);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_tried_again_and_left_out_by_a_decision()
    {
        var connection = await shared.Cluster.CreateDatabase("by_hand_parked");
        await using var host = GatewayHost.On(connection);
        var (shell, tenant) = await Shell.SignIn(host);
        await using var _ = tenant;
        var id = await shell.Done("send", Bob, "Hello", "--quiet");
        await PausingAReader.Poison(connection, tenant.Name, Guid.Parse(id));
        await shell.Done("send", Bob, "And on");
        var parked = (
            await shell.JsonUntil(
                lines => lines.Any(e => e.GetProperty("reader").GetString() == "Views"),
                "projections",
                "parked"
            )
        )
            .Single(e => e.GetProperty("reader").GetString() == "Views")
            .GetProperty("id")
            .GetString()!;

        var again = await shell.Run("projections", "retry", parked, "--wait");
        await shell.Done("projections", "skip", parked, "--reason", "forged by a test");

        Assert.Equal(
            (1, true),
            (again.Code, again.Error.EndsWith("The rebuild is failed.\n", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(parked, await shell.Done("projections", "parked", "--quiet"));
        Assert.Equal(1, (await shell.Run("projections", "skip", parked, "--reason", "twice")).Code);
    }

    private static async Task<string> Last(Shell shell) =>
        (await shell.Done("projections", "rebuilds", "--quiet")).Split('\n')[0];
}
