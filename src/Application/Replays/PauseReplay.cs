using Gateway.Domain;
using Gateway.Domain.Replays;
using NodaTime;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Replays;

/// <summary>Have a replay wait.</summary>
/// <param name="WebhookId">Whose it must be.</param>
public sealed record PauseReplay(Guid WebhookReplayId, Guid WebhookId);

public static class PauseReplayHandler
{
    public static (Decision, Events) Handle(
        PauseReplay command,
        [WriteModel] WebhookReplay? replay,
        IClock clock
    )
    {
        var decision = WebhookReplay.Pause(replay, command.WebhookId, clock.GetCurrentInstant());
        return (decision, [.. decision.Events]);
    }
}
