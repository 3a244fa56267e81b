using Gateway.Scenarios.Faults;

namespace Gateway.Scenarios.Views;

/// <summary>Each rebuild is a run of the program itself, as an operator starts it.</summary>
public sealed class RebuildingViews(VariedHistory history) : IClassFixture<VariedHistory>, IDisposable
{
    private const int Same = 0;
    private const int Different = 6;

    private static readonly string[] MustHaveHappened =
    [
        "message_held",
        "message_released",
        "message_returned",
        "message_expired",
        "message_cancelled",
        "message_sent",
        "segment_reported",
        "message_delivered",
        "message_undelivered",
        "message_failed",
        "message_doubted_v2",
        "message_doubt_resolved",
        "message_replied",
        "inbound_message_received",
        "inbound_message_matched",
        "report_unmatched",
        "opted_out",
        "conversation_read",
        "webhook_attempted",
        "webhook_delivered",
        "webhook_removed",
        "export_finished",
    ];

    /// <summary>By their tables.</summary>
    private static readonly string[] Views =
    [
        "messageview",
        "conversationview",
        "knownthread",
        "outboundwork",
        "webhookattemptview",
        "deviceroster",
        "apikeyentry",
        "webhookendpoint",
        "consentstate",
        "openexport",
        "webhookreplayentry",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-rebuild-");
    private readonly ViewTables tables = new(history.ConnectionString);

    [Fact]
    public async Task Every_row_of_every_view_comes_out_the_same()
    {
        var before = await tables.Rows();

        var (exitCode, said) = await Rebuild();

        Assert.Equal(before, await tables.Rows());
        Assert.True(exitCode == Same, said);
        Assert.Empty(MustHaveHappened.Except(await tables.Facts()));
    }

    [Fact]
    public async Task Every_fact_of_a_varied_history_names_who_brought_it_about() =>
        Assert.Empty(await tables.Nameless());

    [Fact]
    public async Task What_was_deleted_changed_or_forged_in_any_view_is_put_right_and_said()
    {
        var before = await tables.Rows();
        foreach (var view in Views)
        {
            await tables.Tamper(view);
        }

        var (exitCode, said) = await Rebuild();

        Assert.Equal(before, await tables.Rows());
        Assert.True(exitCode == Different, said);
        Assert.DoesNotContain("  the same", said);
    }

    [Fact]
    public async Task The_next_start_goes_on_from_where_the_rebuild_ended()
    {
        await Rebuild();
        await using var host = GatewayHost.On(history.ConnectionString);
        await using var tenant = await host.NewTenant();

        var id = await tenant.Send("+447700900123", "After all that");
        await tenant.Until(id, "held");
        await VariedHistory.CaughtUp(host);

        var listed = (await tenant.Get("/v1/messages?status=held")).GetProperty("items");
        Assert.Equal(id, Assert.Single(listed.EnumerateArray()).GetProperty("id").GetGuid());
    }

    public void Dispose() => folder.Delete(true);

    private async Task<(int ExitCode, string Said)> Rebuild()
    {
        var log = Path.Combine(folder.FullName, "rebuild.log");
        using var program = ChildProcess.Start(
            "Gateway.Api.dll",
            ["rebuild-views"],
            new Dictionary<string, string> { ["ConnectionStrings__Gateway"] = history.ConnectionString },
            log
        );
        await program.Ended();
        return (program.ExitCode, await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
    }
}
