using System.Collections.Concurrent;
using Marten;
using NodaTime;

namespace Gateway.Application.Access;

/// <summary>A key that was shown and is valid.</summary>
public sealed record Bearer(string Tenant, Guid KeyId, IReadOnlyList<string> Scopes);

/// <summary>When a key was last used; coarse, so that reading costs no write each time.</summary>
public sealed record ApiKeyUse(Guid Id, Instant At);

/// <summary>
/// Tells who bears a key. What it finds it remembers for a second, so that a revoked key is refused that soon and a busy
/// one costs one look-up a second.
/// </summary>
public sealed class KeyRing(IDocumentStore store, IClock clock, ReadOnlyMode readOnly)
{
    private static readonly Duration Memory = Duration.FromSeconds(1);
    private static readonly Duration UseIsNotedEvery = Duration.FromMinutes(1);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (ApiKeyEntry? Found, Instant Until)> known = new();
    private readonly ConcurrentDictionary<Guid, Instant> uses = new();

    /// <summary>Null when the key is unknown, expired or revoked.</summary>
    public async ValueTask<Bearer?> Find(string key, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var hash = KeyText.Hash(key);
        if (!known.TryGetValue(hash, out var entry) || entry.Until <= now)
        {
            if (known.Count > MostRemembered)
            {
                known.Clear();
            }

            entry = (await Load(hash, cancellation), now + Memory);
            known[hash] = entry;
        }

        if (entry.Found is not { } found || !found.Key.IsValid(now))
        {
            return null;
        }

        await NoteUse(found, now, cancellation);
        return new(found.Tenant, found.Id, found.Key.Scopes);
    }

    private async Task<ApiKeyEntry?> Load(string hash, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(SystemTenant.Name);
        return await session
            .Query<ApiKeyEntry>()
            .Where(entry => entry.AnyTenant() && entry.Hash == hash)
            .FirstOrDefaultAsync(cancellation);
    }

    private async Task NoteUse(ApiKeyEntry key, Instant now, CancellationToken cancellation)
    {
        var last = uses.GetOrAdd(key.Id, Instant.MinValue);
        if (readOnly.IsOn || last + UseIsNotedEvery > now || !uses.TryUpdate(key.Id, now, last))
        {
            return;
        }

        await using var session = store.LightweightSession(key.Tenant);
        session.Store(new ApiKeyUse(key.Id, now));
        await session.SaveChangesAsync(cancellation);
    }
}
