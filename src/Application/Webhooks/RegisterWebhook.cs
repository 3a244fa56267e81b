using Gateway.Domain;
using Gateway.Domain.Webhooks;
using Marten;
using NodaTime;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Webhooks;

/// <summary>Have facts told to an address from now on.</summary>
/// <param name="Secret">Signs what is told.</param>
public sealed record RegisterWebhook(
    Guid WebhookId,
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    string Secret
)
{
    /// <summary>What a log may say of it: never the secret, nor an address that may hold one.</summary>
    public override string ToString() => $"{nameof(RegisterWebhook)} {WebhookId}";
}

public static class RegisterWebhookHandler
{
    public static (Decision, Events) Handle(
        RegisterWebhook command,
        [WriteModel] Webhook? webhook,
        WebhookRules rules,
        IDocumentSession session,
        IClock clock
    )
    {
        var registered = new WebhookRegistered(
            command.Url,
            [.. command.Events.Distinct()],
            command.Description,
            clock.GetCurrentInstant()
        );
        var decision = Webhook.Register(webhook, registered, rules.AllowPrivateAddresses);
        if (decision.IsChange)
        {
            session.Store(new WebhookSecret(command.WebhookId, command.Secret));
        }

        return (decision, [.. decision.Events]);
    }
}
