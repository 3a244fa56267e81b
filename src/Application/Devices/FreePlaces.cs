using Gateway.Application.Messages;
using Gateway.Domain.Messages;
using Marten;
using Wolverine;

namespace Gateway.Application.Devices;

/// <summary>Compare what devices are said to hold with the streams: a lapsed, expired or cancelled lease holds no place.</summary>
public sealed record FreePlaces;

/// <summary>
/// Places are only counted in memory, beside the streams. Whatever the count has missed is put right here, so that no
/// device stays busy with a message that it no longer has.
/// </summary>
public static class FreePlacesHandler
{
    public static async Task<OutgoingMessages> Handle(
        FreePlaces command,
        Envelope envelope,
        IDocumentSession session,
        Fleet fleet,
        CancellationToken cancellation
    )
    {
        var held = fleet
            .Of(envelope.TenantId!)
            .SelectMany(device => device.OnHand().Select(hold => (Device: device, hold.Message, hold.Fence)))
            .ToList();
        var messages = new StreamSet<Message>(session, Message.Evolve);
        await messages.Load(held.Select(hold => hold.Message), cancellation);

        var freed = false;
        foreach (var (device, message, fence) in held)
        {
            freed |= !Message.IsHeldBy(messages[message], fence, device.Id) && device.Release(message, fence);
        }

        return freed ? [new RouteMessages([])] : [];
    }
}
