using Gateway.Domain;
using Gateway.Domain.Replays;
using NodaTime;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Replays;

/// <summary>Have a replay wait.</summary>
/// <param name="WebhookId">Whose it must be.</param>
public sealed record PauseReplay(Guid WebhookReplayId, Guid WebhookId);

/// <summary>Let a replay go on from where it was.</summary>
/// <param name="WebhookId">Whose it must be.</param>
public sealed record ResumeReplay(Guid WebhookReplayId, Guid WebhookId);

/// <summary>End a replay early, for good.</summary>
/// <param name="WebhookId">Whose it must be.</param>
public sealed record StopReplay(Guid WebhookReplayId, Guid WebhookId);

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
