using Gateway.Domain.Messages;
using JasperFx.Events;
using Marten.Events.Aggregation;
using NodaTime;

namespace Gateway.Application.Messages;

/// <summary>
/// A message that is not at rest, so that the sweep finds it after its time came or the gateway was restarted. It may
/// trail its stream: it only says where to look, the decision is taken on the stream.
/// </summary>
/// <param name="WakeAt">When time alone will change something, in Unix milliseconds.</param>
/// <param name="Device">The device that has it leased or claimed.</param>
public sealed record OutboundWork(
    Guid Id,
    string Tenant,
    WorkStage Stage,
    long WakeAt,
    long ExpiresAt,
    WaitingMessage Message,
    Guid? Device,
    int Fence
);

/// <summary>What an <see cref="OutboundWork"/> waits for.</summary>
public enum WorkStage
{
    Waiting = 0,
    Scheduled = 1,
    Held = 2,
    Leased = 3,
    Claimed = 4,

    /// <summary>For somebody's word: time changes nothing, but it may turn out that nothing left.</summary>
    InDoubt = 5,
}

/// <summary>Keeps <see cref="OutboundWork"/>: made when a message is queued, gone when nothing is left to do.</summary>
public sealed class OutboundWorkProjection : SingleStreamProjection<OutboundWork, Guid>
{
    public OutboundWorkProjection()
    {
        Name = "OutboundWork";
        IncludeType<MessageEvent>();
    }

    public override OutboundWork? Evolve(OutboundWork? work, Guid id, IEvent e) =>
        (work, e.Data) switch
        {
            (null, MessageQueued queued) => Queued(id, e.TenantId, queued),
            (null, _) => null,
            ({ } w, MessageReleased) => w with { Stage = WorkStage.Waiting, WakeAt = w.ExpiresAt },
            ({ } w, MessageHeld) => w with { Stage = WorkStage.Held, WakeAt = w.ExpiresAt },
            ({ } w, MessageReturned or MessageResendAuthorised) => w with
            {
                Stage = WorkStage.Waiting,
                WakeAt = w.ExpiresAt,
                Device = null,
            },
            ({ } w, MessageDispatched d) => w with
            {
                Stage = WorkStage.Leased,
                WakeAt = Math.Min(w.ExpiresAt, d.At.ToUnixTimeMilliseconds() + d.LeaseMs),
                Device = d.DeviceId,
                Fence = d.Fence,
            },
            ({ } w, MessageClaimed c) => w with
            {
                Stage = WorkStage.Claimed,
                WakeAt = (c.At + Message.ClaimPatience).ToUnixTimeMilliseconds(),
            },
            ({ } w, MessageDoubted) => w with { Stage = WorkStage.InDoubt, WakeAt = long.MaxValue },
            (_, MessageSent or MessageDelivered or MessageUndelivered or MessageFailed) => null,
            (_, MessageExpired or MessageCancelled) => null,
            (_, MessageDoubtResolved { How: DoubtAnswers.Sent }) => null,
            _ => work,
        };

    private static OutboundWork Queued(Guid id, string tenant, MessageQueued e)
    {
        var expires = e.ExpiresAt.ToUnixTimeMilliseconds();
        return new(
            id,
            tenant,
            e.SendAt is null ? WorkStage.Waiting : WorkStage.Scheduled,
            e.SendAt?.ToUnixTimeMilliseconds() ?? expires,
            expires,
            WaitingMessage.Of(id, e),
            null,
            0
        );
    }
}
