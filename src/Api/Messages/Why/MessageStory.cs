using Gateway.Application.Devices;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Gateway.Projections.Messages;
using JasperFx.Events;
using Marten;

namespace Gateway.Api.Messages.Why;

/// <summary>One step of a story.</summary>
/// <param name="Says">One sentence for a person.</param>
/// <param name="Status">Of the message with this step; null before it was known.</param>
/// <param name="Markers">Of the message with this step.</param>
/// <param name="IsOwn">False for what happened around it, such as its device going silent.</param>
public sealed record StoryStep(
    string Says,
    string? Status,
    IReadOnlyList<string> Markers,
    bool IsOwn,
    Guid FactId
);

/// <summary>Why a message is as it is: its own facts, and those of its devices while it was with them.</summary>
public sealed class MessageStory(IDocumentStore store)
{
    private static readonly Type[] Around =
    [
        typeof(DeviceConnected),
        typeof(DeviceWentSilent),
        typeof(DevicePaused),
        typeof(DeviceResumed),
        typeof(DeviceQuarantined),
        typeof(DeviceRetired),
        typeof(SimChanged),
    ];

    /// <summary>The steps in the order of the log; none for a message that doesn't exist.</summary>
    public async Task<IReadOnlyList<StoryStep>> Tell(string tenant, Guid id, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(tenant);
        var own = await session.Events.FetchStreamAsync(id, token: cancellation);
        Guid[] devices =
        [
            .. own.Select(e => e.Data)
                .Select(fact =>
                    fact is MessageDispatched d ? d.DeviceId
                    : fact is InboundMessageReceived i ? i.DeviceId
                    : (Guid?)null
                )
                .OfType<Guid>()
                .Distinct(),
        ];
        var around = await While(session, own, devices, cancellation);
        var names = (await session.LoadManyAsync<DeviceRoster>(cancellation, devices)).ToDictionary(
            entry => entry.Id,
            entry => entry.Device.Name
        );
        var sentences = new Sentences(device => names.GetValueOrDefault(device, $"device {device}"));
        return [.. Steps(own, around, sentences)];
    }

    /// <summary>Facts are told in the order in which they were learned; each says what the message was with it.</summary>
    public static IEnumerable<StoryStep> Steps(
        IEnumerable<IEvent> own,
        IEnumerable<IEvent> around,
        Sentences sentences
    )
    {
        var projection = new MessageProjection();
        MessageView? view = null;
        foreach (var e in own.Concat(around).OrderBy(e => e.Sequence))
        {
            var isOwn = e.Data is MessageEvent or InboundMessageEvent;
            view = isOwn ? projection.Evolve(view, e.StreamId, e) : view;
            if (sentences.Of(e.Data, e.StreamId) is { } says)
            {
                yield return new(says, view?.Status, view?.Markers ?? [], isOwn, e.Id);
            }
        }
    }

    /// <summary>From the first try on; a message that isn't over may still depend on what its device does now.</summary>
    private static async Task<IReadOnlyList<IEvent>> While(
        IQuerySession session,
        IReadOnlyList<IEvent> own,
        Guid[] devices,
        CancellationToken cancellation
    )
    {
        if (own.FirstOrDefault(e => e.Data is MessageDispatched) is not { } first)
        {
            return [];
        }

        var last = own.Aggregate((Message?)null, (m, e) => Message.Evolve(m, e.StreamId, e.Data))
            is { IsOver: true }
            ? own[^1].Sequence
            : long.MaxValue;
        var facts = await session
            .Events.QueryAllRawEvents()
            .Where(e => e.StreamId.IsOneOf(devices) && e.Sequence > first.Sequence && e.Sequence < last)
            .OrderBy(e => e.Sequence)
            .Take(MostAround)
            .ToListAsync(cancellation);
        return [.. facts.Where(e => Around.Contains(e.Data.GetType()))];
    }

    private const int MostAround = 500;
}
