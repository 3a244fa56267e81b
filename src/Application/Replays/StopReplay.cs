using Gateway.Domain;
using Gateway.Domain.Replays;
using NodaTime;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Replays;

/// <summary>End a replay early, for good.</summary>
/// <param name="WebhookId">Whose it must be.</param>
public sealed record StopReplay(Guid WebhookReplayId, Guid WebhookId);

public static class StopReplayHandler
{
    public static (Decision, Events) Handle(
        StopReplay command,
        [WriteModel] WebhookReplay? replay,
        IClock clock
    )
    {
        var decision = WebhookReplay.Stop(replay, command.WebhookId, clock.GetCurrentInstant());
        return (decision, [.. decision.Events]);
    }
}
