using Gateway.Projections.Audit;
using Gateway.Projections.Conversations;
using Gateway.Projections.Messages;
using Gateway.Projections.Webhooks;
using JasperFx.Events.Projections;
using Marten;

namespace Gateway.Projections;

/// <summary>Which views there are. All are async: they may trail the streams, and can be rebuilt at any time.</summary>
public static class Views
{
    public static void AddViews(this StoreOptions store)
    {
        store.Projections.Add(new MessageProjection(), ProjectionLifecycle.Async);
        store
            .Schema.For<MessageView>()
            .Index(view => view.Position)
            .Duplicate(view => view.ConversationId!)
            .Duplicate(view => view.Status)
            .Duplicate(view => view.Remote);

        store.Projections.Add(new NumberStreamProjection(), ProjectionLifecycle.Async);
        store.Schema.For<NumberStream>().Index(stream => stream.Remote!).Index(stream => stream.Line!);

        store.Projections.Add(new ConversationProjection(), ProjectionLifecycle.Async);
        store.Schema.For<ConversationView>().Index(view => view.LastPosition);

        store.Projections.Add(new WebhookAttemptProjection(), ProjectionLifecycle.Async);
        store.Schema.For<WebhookAttemptView>().Index(view => new { view.WebhookId, view.Position });
    }
}
