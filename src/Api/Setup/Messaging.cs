using Gateway.Application;
using Gateway.Application.Devices;
using Gateway.Application.Messages;
using Gateway.Application.Webhooks;
using Gateway.Domain.Messages;
using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.Core;
using Wolverine;
using Wolverine.ErrorHandling;

namespace Gateway.Api.Setup;

/// <summary>Wolverine: queues, retries and how nodes take over from each other. All policy is here.</summary>
public static class Messaging
{
    public static void AddMessaging(this WebApplicationBuilder builder)
    {
        builder.Host.UseWolverine(opts =>
        {
            opts.ApplicationAssembly = typeof(Program).Assembly;
            opts.Discovery.IncludeAssembly(typeof(SystemTenant).Assembly);
            opts.ServiceName = "gateway";
            opts.EnableRelayOfUserName = true;
            opts.UseSystemTextJsonForSerialization(json => json.AddDomainValues());

            opts.Policies.AutoApplyTransactions();
            opts.Policies.UseDurableLocalQueues();
            opts.Policies.OnException<ConcurrencyException>()
                .RetryWithCooldown(20.Milliseconds(), 50.Milliseconds(), 150.Milliseconds());
            opts.Policies.OnException<ThreadTrailsException>()
                .RetryWithCooldown(50.Milliseconds(), 200.Milliseconds(), 1.Seconds())
                .Then.ScheduleRetry(5.Seconds(), 30.Seconds())
                .Then.MoveToErrorQueue();

            // In memory on purpose: what is lost here is found again by the sweep.
            opts.PublishMessage<RouteMessages>().ToLocalQueue("routing").BufferedInMemory().Sequential();
            opts.PublishMessage<DropLease>().ToLocalQueue("leases").BufferedInMemory().Sequential();

            // Many at once, because each waits for somebody else's server; few per endpoint, see EndpointPlaces.
            opts.PublishMessage<DeliverWebhook>().ToLocalQueue("webhooks").MaximumParallelMessages(32);
            opts.PublishMessage<RecordAttempt>().ToLocalQueue("webhook-attempts").MaximumParallelMessages(4);
            opts.Policies.Add<Webhooks.Stubbornness>();

            opts.Durability.NodeAssignmentHealthCheckTracingEnabled = false;
            opts.Durability.DeadLetterQueueExpirationEnabled = true;
            opts.Durability.DeadLetterQueueExpiration = 30.Days();
            opts.Durability.FirstHealthCheckExecution = 500.Milliseconds();
            opts.Durability.HealthCheckPollingTime = 1.Seconds();
            opts.Durability.CheckAssignmentPeriod = 1.Seconds();
            opts.Durability.StaleNodeTimeout = 5.Seconds();
            opts.Durability.NodeReassignmentPollingTime = 1.Seconds();
            opts.Durability.OrphanedMessageSweepPollingTime = 1.Seconds();
            opts.Durability.ScheduledJobPollingTime = 1.Seconds();
            opts.Durability.TransientFailureRestartMaxBackoff = 30.Seconds();
        });

        builder.Services.CritterStackDefaults(defaults =>
        {
            defaults.Development.GeneratedCodeMode = TypeLoadMode.Dynamic;
            defaults.Production.GeneratedCodeMode = TypeLoadMode.Static;
            defaults.Production.AssertAllPreGeneratedTypesExist = true;
            defaults.Development.ResourceAutoCreate = AutoCreate.CreateOrUpdate;
            defaults.Production.ResourceAutoCreate = AutoCreate.CreateOrUpdate;
        });

        var region = builder.Configuration["Gateway:DefaultRegion"] ?? "GB";
        builder.Services.AddSingleton(
            new SendingRules(region, builder.Configuration.GetValue("Gateway:MostSegments", 10))
        );
        builder.Services.AddSingleton(new RecentStreams<Message>(message => message.IsMoving));
        builder.Services.AddSingleton<WaitingLine>();
        builder.Services.AddSingleton<StickyLines>();
        builder.Services.AddSingleton<Placement>();
        builder.Services.AddSingleton<LeaseRenewals>();
        builder.Services.AddSingleton<Gateway.Api.Messages.DryRuns>();
        builder.Services.AddSingleton<Gateway.Api.Messages.Orders>();
        builder.Services.AddSingleton<Door>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Door>());
        builder.Services.AddHostedService<Sweep>();
        builder.Services.AddHostedService<FirstRun>();
    }
}
