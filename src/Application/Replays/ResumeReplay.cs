using Gateway.Domain;
using Gateway.Domain.Replays;
using NodaTime;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Replays;

/// <summary>Let a replay go on from where it was.</summary>
/// <param name="WebhookId">Whose it must be.</param>
public sealed record ResumeReplay(Guid WebhookReplayId, Guid WebhookId);

public static class ResumeReplayHandler
{
    public static (Decision, Events) Handle(
        ResumeReplay command,
        [WriteModel] WebhookReplay? replay,
        IClock clock
    )
    {
        var decision = WebhookReplay.Resume(replay, command.WebhookId, clock.GetCurrentInstant());
        return (decision, [.. decision.Events]);
    }
}
