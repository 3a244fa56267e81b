using FluentValidation;
using Gateway.Api.Replays;
using Gateway.Api.Webhooks;
using Gateway.Application.Webhooks;
using Gateway.Domain.Webhooks;
using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.Core;
using NodaTime;
using Wolverine;
using Wolverine.Configuration;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace Gateway.Api.Setup;

/// <summary>Webhooks: what the operator allows, and how stubborn their messages are.</summary>
public static class Webhooks
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Webhooks");
        builder.Services.AddSingleton(
            new WebhookRules(
                section.GetValue("AllowPrivateAddresses", false),
                Schedule("RetrySeconds", RetrySchedule.Standard),
                Schedule("ReplayRetrySeconds", RetrySchedule.Replay)
            )
        );
        builder.Services.AddSingleton<IValidator<NewWebhook>, NewWebhook.Validator>();
        builder.Services.AddSingleton<EndpointPlaces>();
        builder.Services.AddSingleton<WebhookCalls>();
        builder.Services.AddSingleton<IValidator<NewReplay>, NewReplay.Validator>();
        builder.Services.AddSingleton<ReplayPlans>();
        builder.Services.AddSingleton<ReplayCalls>();
        builder.Services.AddHostedService<WebhookReplays>();

        RetrySchedule Schedule(string setting, RetrySchedule usual) =>
            section.GetSection(setting).Get<int[]>() is { Length: > 0 } seconds
                ? new([.. seconds.Select(s => Duration.FromSeconds(s))])
                : usual;
    }

    /// <summary>
    /// A delivery that breaks on our side, as when the database is away, is taken up again for hours before it is parked;
    /// what a receiver does wrong never gets here, that is an attempt like any other.
    /// </summary>
    public sealed class Stubbornness : IHandlerPolicy
    {
        private static readonly Type[] Messages =
        [
            typeof(DeliverWebhook),
            typeof(RecordAttempt),
            typeof(AbandonDelivery),
            typeof(DisableWebhook),
        ];

        /// <inheritdoc />
        public void Apply(
            IReadOnlyList<HandlerChain> chains,
            GenerationRules rules,
            IServiceContainer container
        )
        {
            foreach (var chain in chains.Where(chain => Messages.Contains(chain.MessageType)))
            {
                chain
                    .OnAnyException()
                    .RetryWithCooldown(50.Milliseconds(), 250.Milliseconds(), 1.Seconds())
                    .Then.ScheduleRetry(
                        5.Seconds(),
                        30.Seconds(),
                        2.Minutes(),
                        10.Minutes(),
                        1.Hours(),
                        6.Hours()
                    )
                    .Then.MoveToErrorQueue();
            }
        }
    }
}
