using Gateway.Domain.Replays;
using Marten;
using NodaTime;

namespace Gateway.Application.Replays;

/// <summary>Take in how far a replay has come, and what ended it.</summary>
public sealed record RecordReplay(Guid WebhookReplayId, ReplayReport Report);

public static class RecordReplayHandler
{
    public static async Task Handle(
        RecordReplay command,
        IDocumentSession session,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var replays = new StreamSet<WebhookReplay>(session, WebhookReplay.Evolve);
        await replays.Load([command.WebhookReplayId], cancellation);
        replays.Decide(
            command.WebhookReplayId,
            Origin.System("replays"),
            replay => WebhookReplay.Report(replay, command.Report, clock.GetCurrentInstant())
        );
        replays.Append();
    }
}
