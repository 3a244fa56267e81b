using Gateway.Api.Archives;
using Gateway.Api.Archives.Incidents;
using Gateway.Api.Audit;
using Gateway.Api.Conversations;
using Gateway.Api.History;
using Gateway.Api.Messages;
using Gateway.Api.Messages.Why;
using Gateway.Application;
using Gateway.Application.Audit;
using Gateway.Domain;
using Gateway.Projections.History;
using Marten;
using Marten.Events;

namespace Gateway.Api.Setup.Log;

/// <summary>The history as it is read: the log, its indexes, and the past.</summary>
public static class HistoryReads
{
    public static void AddHistory(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHostedService<LogIndexes>();
        services.AddSingleton(provider => Forms(provider.GetRequiredService<IDocumentStore>()));
        services.AddSingleton<FactLog>();
        services.AddSingleton<LogMark>();
        services.AddSingleton<FeedStream>();
        services.AddSingleton<EventSchemas>();
        services.AddSingleton<Readings>();
        services.AddHostedService(provider => provider.GetRequiredService<Readings>());
        services.AddSingleton<Shown>();
        services.AddSingleton<Rebuilds.ParkedEvents>();
        services.AddSingleton<Rebuilds.Readers>();
        services.AddSingleton<Rebuilds.Rebuilds>();
        services.AddHostedService(provider => provider.GetRequiredService<Rebuilds.Rebuilds>());
        services.AddSingleton<ArchiveImport>();
        services.AddSingleton<Exports>();
        services.AddSingleton<IncidentFinder>();
        services.AddSingleton<DisguisedFacts>();
        services.AddSingleton<PastFinder>();
        services.AddSingleton<PastStreams>();
        services.AddSingleton<Differences>();
        services.AddSingleton<PastMessages>();
        services.AddSingleton<MessageStory>();
        services.AddSingleton<PastConversations>();
        services.AddSingleton<ConversationsThen>();
        services.AddSingleton<ConversationsNow>();
    }

    /// <summary>Every event the store knows, in all forms it was ever stored in.</summary>
    private static EventForms Forms(IDocumentStore store) =>
        new([
            .. EarlierForms.All.Select(earlier => EventForm.Of(earlier.Key, null, earlier.Value)),
            .. ((IReadOnlyEventStoreOptions)((DocumentStore)store).Options.Events)
                .AllKnownEventTypes()
                .Where(known => known.EventType.Assembly == typeof(Decision).Assembly)
                .Where(known => !EarlierForms.All.ContainsKey(known.EventTypeName))
                .Select(known => EventForm.Of(known.EventTypeName, known.EventType, null)),
        ]);
}
