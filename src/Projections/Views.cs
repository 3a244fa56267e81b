using Gateway.Projections.Conversations;
using Gateway.Projections.Messages;
using Gateway.Projections.Webhooks;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;

namespace Gateway.Projections;

/// <summary>Which views there are. All are async: they may trail the streams, and can be rebuilt at any time.</summary>
public static class Views
{
    /// <summary>The views of messages and their kind, which share one reading of the events.</summary>
    public const string Name = "Views";

    /// <summary>How the views are stored and found; and those that read the events by themselves.</summary>
    public static void AddViews(this StoreOptions store)
    {
        store
            .Schema.For<MessageView>()
            .Index(view => view.Position)
            .Duplicate(view => view.ConversationId!)
            .Duplicate(view => view.Status)
            .Duplicate(view => view.Remote)
            .Index(view => view.Line!);
        store
            .Schema.For<ConversationView>()
            .Index(view => view.LastPosition)
            .Index(view => view.Remote)
            .Index(view => view.Line);

        store.Projections.Add(new WebhookAttemptProjection(), ProjectionLifecycle.Async);
        store.Schema.For<WebhookAttemptView>().Index(view => new { view.WebhookId, view.Position });
    }

    /// <summary>The views that share one reading.</summary>
    public static void AddViews(this CompositeProjection views)
    {
        views.Add(new MessageProjection());
        views.Add(new ConversationProjection());
    }
}
