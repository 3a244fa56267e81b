using System.CommandLine;
using Gateway.Cli.Access;
using Gateway.Cli.Archives;
using Gateway.Cli.Audit;
using Gateway.Cli.Completion;
using Gateway.Cli.Conversations;
using Gateway.Cli.Devices;
using Gateway.Cli.History;
using Gateway.Cli.Messages;
using Gateway.Cli.Projections;
using Gateway.Cli.Running;
using Gateway.Cli.Webhooks;

namespace Gateway.Cli;

/// <summary>The table of contents: every command, in the order of the help. A new one is a line here.</summary>
public static class Contents
{
    /// <summary>Runs one command line; returns its exit code.</summary>
    public static Task<int> Run(
        IReadOnlyList<string> args,
        Surroundings here,
        CancellationToken cancellation = default
    )
    {
        var runner = new Runner(here);
        return runner.Run(Of(runner), args, cancellation);
    }

    /// <summary>The commands under their headings.</summary>
    public static IReadOnlyList<Chapter> Of(Runner runner) =>
        [
            new(
                "Texts",
                [
                    SendCommand.Create(runner),
                    MessagesCommand.Create(runner),
                    ConversationsCommand.Create(runner),
                ]
            ),
            new(
                "History",
                [
                    AuditCommand.Create(runner),
                    EventsCommand.Create(runner),
                    TailCommand.Create(runner),
                    ReplayCommand.Create(runner),
                    ProjectionsCommand.Create(runner),
                ]
            ),
            new(
                "Archive",
                [
                    ExportCommand.Create(runner),
                    ImportCommand.Create(runner),
                    IncidentCommand.Create(runner),
                    SandboxCommand.Create(runner),
                ]
            ),
            new("Fleet", [DevicesCommand.Create(runner)]),
            new("Integration", [WebhooksCommand.Create(runner), KeysCommand.Create(runner)]),
            new(
                "This machine",
                [
                    LoginCommand.Create(runner),
                    LogoutCommand.Create(runner),
                    ProfilesCommand.Create(runner),
                    CompletionCommand.Create(runner),
                ]
            ),
        ];
}

/// <summary>Commands that belong together in the help.</summary>
public sealed record Chapter(string Title, IReadOnlyList<Command> Verbs);
