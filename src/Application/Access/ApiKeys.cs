using FluentValidation;
using Gateway.Domain;
using Gateway.Domain.Access;
using NodaTime;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Access;

/// <summary>Make an API key.</summary>
/// <param name="Key">The key itself; only its hash is kept.</param>
public sealed record CreateApiKey(
    Guid ApiKeyId,
    string Name,
    IReadOnlyList<string> Scopes,
    Instant? ExpiresAt,
    string Key
)
{
    /// <summary>What a log may say of it: never the key.</summary>
    public override string ToString() => $"{nameof(CreateApiKey)} {ApiKeyId}";
}

public static class CreateApiKeyHandler
{
    public static (Decision, Events) Handle(CreateApiKey command, [WriteModel] ApiKey? key, IClock clock)
    {
        var created = new ApiKeyCreated(
            command.Name,
            KeyText.Hash(command.Key),
            KeyText.Shown(command.Key),
            command.Scopes,
            command.ExpiresAt,
            clock.GetCurrentInstant()
        );
        var decision = ApiKey.Issue(key, created);
        return (decision, [.. decision.Events]);
    }
}

/// <summary>Make an API key void.</summary>
public sealed record RevokeApiKey(Guid ApiKeyId);

public static class RevokeApiKeyHandler
{
    public static (Decision, Events) Handle(RevokeApiKey command, [WriteModel] ApiKey? key, IClock clock)
    {
        var decision = ApiKey.Revoke(key, clock.GetCurrentInstant());
        return (decision, [.. decision.Events]);
    }
}
