using Gateway.Application.Access;
using Gateway.Application.Audit;
using Gateway.Application.Consent;
using Gateway.Application.Conversations;
using Gateway.Application.Devices;
using Gateway.Application.Messages;
using Gateway.Application.Replays;
using Gateway.Application.Webhooks;
using Gateway.Domain.Access;
using Gateway.Domain.Audit;
using Gateway.Domain.Consent;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Gateway.Domain.Replays;
using Gateway.Domain.Webhooks;
using Gateway.Projections;
using Gateway.Projections.Conversations;
using Gateway.Projections.Messages;
using Gateway.Projections.Webhooks;
using JasperFx.Events;

namespace Gateway.Api.Rebuilds;

/// <summary>Every view that can be built anew beside the one in use, with the fold of its projection.</summary>
public static class AllViews
{
    private const string Shared = $"{Views.Name}:All";

    /// <summary>Fresh ones, which hold nothing yet.</summary>
    public static IReadOnlyList<FoldedView> New() =>
        [
            OfStream<MessageView>(
                "Messages",
                Shared,
                fact => fact is MessageEvent or InboundMessageEvent,
                new MessageProjection().Evolve,
                view => view.Id
            ),
            OfStream<OutboundWork>(
                "OutboundWork",
                Shared,
                fact => fact is MessageEvent,
                new OutboundWorkProjection().Evolve,
                work => work.Id
            ),
            new FoldedView<ConversationView>(
                "Conversations",
                Shared,
                e => ConversationProjection.IdOf(e.Data),
                _ => false,
                new ConversationProjection().Evolve,
                view => view.Id
            ),
            new FoldedView<KnownThread>(
                "KnownThread",
                Shared,
                e => KnownThreadProjection.IdOf(e.Data),
                _ => false,
                new KnownThreadProjection().Evolve,
                thread => thread.Id
            ),
            new FoldedView<WebhookAttemptView>(
                "WebhookAttempts",
                "WebhookAttempts:All",
                e => e.Data is WebhookAttempted ? e.Id : null,
                _ => true,
                (_, _, e) => WebhookAttemptProjection.ViewOf(e, (WebhookAttempted)e.Data),
                view => view.Id
            ),
            OfStream<DeviceRoster>(
                "DeviceRoster",
                null,
                fact => fact is DeviceEvent,
                new DeviceRosterProjection().Evolve,
                entry => entry.Id
            ),
            OfStream<ApiKeyEntry>(
                "ApiKeyEntry",
                null,
                fact => fact is ApiKeyEvent,
                new ApiKeyEntryProjection().Evolve,
                entry => entry.Id
            ),
            OfStream<WebhookEndpoint>(
                "WebhookEndpoint",
                null,
                fact => fact is WebhookEvent,
                new WebhookEndpointProjection().Evolve,
                endpoint => endpoint.Id
            ),
            OfStream<WebhookReplayEntry>(
                "WebhookReplayEntry",
                null,
                fact => fact is WebhookReplayEvent,
                new WebhookReplayEntryProjection().Evolve,
                entry => entry.Id
            ),
            OfStream<ConsentState>(
                "ConsentState",
                null,
                fact => fact is ConsentEvent,
                new ConsentProjection().Evolve,
                state => state.Id
            ),
            OfStream<OpenExport>(
                "OpenExport",
                null,
                fact => fact is ExportEvent,
                new OpenExportProjection().Evolve,
                open => open.Id
            ),
        ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. New().Select(view => view.Name)];

    /// <summary>The views that a reader keeps up; of one that isn't shared, itself.</summary>
    public static IReadOnlyList<string> Of(string reader) =>
        [
            .. New()
                .Where(view => view.Name == reader || view.Shard == $"{reader}:All")
                .Select(view => view.Name),
        ];

    /// <summary>Under which names these views may have set events aside: their own, and that of a reader all of whose views are among them.</summary>
    public static IReadOnlyCollection<string> ReadersOf(IReadOnlyCollection<string> views) =>
        [
            .. views,
            .. New()
                .Select(view => view.Shard?.Split(':')[0])
                .OfType<string>()
                .Distinct()
                .Where(reader => Of(reader).All(views.Contains)),
        ];

    /// <summary>Whether an event of a reader, or of one of its views, is left out of this view.</summary>
    public static bool IsLeftOut(
        FoldedView view,
        long position,
        IReadOnlySet<(string Reader, long Position)> skipped
    ) =>
        skipped.Contains((view.Name, position))
        || (view.Shard is { } shard && skipped.Contains((shard.Split(':')[0], position)));

    private static FoldedView<T> OfStream<T>(
        string name,
        string? shard,
        Func<object, bool> takes,
        Func<T?, Guid, IEvent, T?> evolve,
        Func<T, Guid> keyOf
    )
        where T : class =>
        new(name, shard, e => takes(e.Data) ? e.StreamId : null, e => e.Version == 1, evolve, keyOf);
}
