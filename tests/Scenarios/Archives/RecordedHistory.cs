using System.Text.RegularExpressions;

namespace Gateway.Scenarios.Archives;

/// <summary>
/// A history that was recorded once, and what every view said then. A change of a fold that changes what old facts mean is
/// found here.
/// </summary>
[Collection(ArchivedHistories.Name)]
public sealed partial class RecordedHistory(ArchivedHistory today)
{
    private const string IsMeant = "If the change is meant, record anew with scripts/record-history.";

    /// <summary>The folder to record into, when that is what is wanted.</summary>
    private static readonly string? Record = Environment.GetEnvironmentVariable("GATEWAY_RECORD");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Recorded");

    [Fact]
    public async Task Every_view_says_what_it_said_when_the_history_was_recorded()
    {
        var copy = await today.Shared.Cluster.CreateDatabase("recorded");
        var archive = Record is null ? Path.Combine(Folder, "history.gz") : today.Path;
        var (exitCode, said) = await GatewayProgram.Run(copy, "import", archive);
        Assert.True(exitCode == 0, said);
        var digests = string.Concat(Digest().Matches(said).Select(digest => $"{digest.Value.Trim()}\n"));
        if (Record is not null)
        {
            File.Copy(today.Path, Path.Combine(Record, "history.gz"), true);
            File.Copy(today.Incident, Path.Combine(Record, "incident.gz"), true);
            await File.WriteAllTextAsync(
                Path.Combine(Record, "digests"),
                digests,
                TestContext.Current.CancellationToken
            );
            return;
        }

        var recorded = await File.ReadAllTextAsync(
            Path.Combine(Folder, "digests"),
            TestContext.Current.CancellationToken
        );
        Assert.True(recorded == digests, $"Recorded:\n{recorded}\nToday:\n{digests}\n{IsMeant}");
        var rebuilt = await GatewayProgram.Run(copy, "rebuild-views");
        Assert.True(rebuilt.ExitCode == 0, $"{rebuilt.Said}\n{IsMeant}");
    }

    [Fact]
    public async Task A_recorded_incident_tells_the_same_story()
    {
        using var sandbox = await SandboxProgram.Of(
            Record is null ? Path.Combine(Folder, "incident.gz") : today.Incident
        );
        using var http = sandbox.Http();
        var story = await Story.WithA("message_doubt_resolved", http);

        Assert.Equal(
            [
                "message_queued queued",
                "message_held held",
                "message_released queued",
                "message_dispatched dispatched",
                "message_returned queued",
                "message_dispatched dispatched",
                "message_claimed sending",
                "message_doubted in_doubt",
                "message_doubt_resolved queued",
                "message_returned queued",
            ],
            story.Take(10)
        );
    }

    [GeneratedRegex("^  .*[0-9a-f]{64}  .*$", RegexOptions.Multiline)]
    private static partial Regex Digest();
}
