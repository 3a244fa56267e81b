using Gateway.Api.Setup.Log;
using Gateway.Application;
using Gateway.Application.Webhooks;
using Gateway.Projections;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.MultiTenancy;
using Marten;
using NodaTime;
using Npgsql;
using Wolverine.Marten;

namespace Gateway.Api.Setup;

/// <summary>The event store: what it keeps with each event, whose it is, and how views are kept up.</summary>
public static class Store
{
    public static void AddStore(this WebApplicationBuilder builder, string connectionString)
    {
        TransientFailures.AddClassifier(Passing);
        var prepared = Prepared(connectionString);
        builder.Services.AddSingleton(NpgsqlDataSource.Create(prepared));
        builder.Services.AddSingleton<Turns>();
        builder
            .Services.AddMarten(store => Configure(store, Schema, options => options.Connection(prepared)))
            .ApplyAllDatabaseChangesOnStartup()
            .IntegrateWithWolverine(w =>
            {
                w.UseWolverineManagedEventSubscriptionDistribution = true;
                w.MessageStorageSchemaName = "gateway_messages";
                w.TransportSchemaName = "gateway_queues";
            })
            .SubscribeToEvents(new WebhookFeed());
    }

    /// <summary>Where facts and views are.</summary>
    public const string Schema = "gateway";

    /// <summary>All that makes a store ours.</summary>
    /// <param name="schema">Where the views are; the facts are always in <see cref="Schema"/>.</param>
    public static void Configure(StoreOptions store, string schema, Action<StoreOptions> connect)
    {
        connect(store);
        store.DatabaseSchemaName = schema;
        store.UseStoredJson();

        store.Events.DatabaseSchemaName = Schema;
        store.Events.TenancyStyle = TenancyStyle.Conjoined;
        store.Policies.AllDocumentsAreMultiTenanted();
        store.Advanced.DefaultTenantUsageEnabled = false;
        store.Events.AppendMode = EventAppendMode.Quick;
        store.Events.MetadataConfig.EnableAll();
        store.Events.MetadataConfig.UserNameEnabled = true;
        store.Events.EnableUniqueIndexOnEventId = true;
        foreach (var index in LogIndexes.Names)
        {
            store.Events.IgnoreIndex(index);
        }

        // What a transaction holds back is waited for as long as it lives: no fact is ever passed over.
        store.Projections.UseTransactionEvidenceForGapSkipping = true;
        store.Projections.SkipStaleGapsDespiteLiveTransactionsAfter = null;
        // Polled rather than notified: a notice costs every commit, and wakes the views for each of them.
        store.Projections.FastPollingTime = TimeSpan.FromMilliseconds(500);
        store.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(250);
        store.Projections.UseIdentityMapForAggregates = false;
        store.DisableNpgsqlLogging = true;

        store.AddStreams();
        store.AddViews();
        store.Projections.CompositeProjectionFor(
            Views.Name,
            views =>
            {
                views.Options.BatchSize = 2000;
                views.AddLookUps();
                views.AddViews();
            }
        );
    }

    /// <summary>
    /// Whether a view that stopped for this reason will work again by itself; null where the library knows. A view that
    /// loses the database cancels its next read, and that cancellation can become the reason it gives: taken for a fault
    /// of ours, it would leave the view stopped for good.
    /// </summary>
    public static bool? Passing(Exception reason) => reason is OperationCanceledException ? true : null;

    /// <summary>Whether the database went away or is being stopped: that passes.</summary>
    public static bool IsAway(Exception? broken) =>
        broken is not null
        && (
            broken is NpgsqlException and not PostgresException
            || broken is PostgresException { SqlState: ['5', '7', 'P', ..] or ['0', '8', ..] }
            || IsAway(broken.InnerException)
        );

    /// <summary>
    /// The few statements that make up nearly all of the work are parsed and planned once per connection. Behind a pooler
    /// that doesn't keep connections, say <c>Max Auto Prepare=0</c>.
    /// </summary>
    private static string Prepared(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = MostPrepared;
            builder.AutoPrepareMinUsages = 3;
        }

        // Marten writes the time of a fact by the zone of the session.
        builder.Timezone ??= "UTC";
        return builder.ConnectionString;
    }

    private const int MostPrepared = 100;
}
