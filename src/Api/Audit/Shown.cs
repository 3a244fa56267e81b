using System.Collections.Concurrent;
using Gateway.Api.History;
using Gateway.Api.Messages;
using Gateway.Application.Audit;
using Gateway.Domain.Audit;
using Gateway.Domain.Consent;
using NodaTime;

namespace Gateway.Api.Audit;

/// <summary>
/// Has it recorded when somebody is shown texts, before they are. Who is shown the same again within the hour, and gives
/// the same reason, isn't recorded again: one who asks every second would bury the others.
/// </summary>
public sealed class Shown(Readings readings, IClock clock, IConfiguration configuration)
{
    /// <summary>Why somebody reads; demanded where <c>Audit:RequirePurpose</c> is set.</summary>
    public const string PurposeHeader = "Access-Purpose";

    private const int MostRemembered = 200_000;

    private readonly Duration span = Duration.FromMinutes(
        configuration.GetValue("Audit:MinutesUntilReadAnew", 60)
    );
    private ConcurrentDictionary<
        (string Tenant, string Actor, string Subject, string? Purpose),
        (Instant At, long After)
    > seen = new();

    /// <summary>Messages, or conversations, each by its id.</summary>
    public Task Texts(HttpContext http, string what, params IEnumerable<Guid?> subjects) =>
        Record(
            http,
            what,
            [.. subjects.OfType<Guid>().Distinct().Select(id => id.ToString())],
            null,
            null,
            null
        );

    /// <summary>Messages, each with its conversation.</summary>
    public Task Messages(HttpContext http, string what, IEnumerable<MessageAnswer> messages) =>
        Texts(http, what, messages.SelectMany(m => new Guid?[] { m.Id, m.ConversationId }));

    /// <summary>A part of the log; a number that narrows it stands there as the id of its consent.</summary>
    /// <param name="export">Whose file is shown; each is something new, and one that is fetched in parts is not.</param>
    public Task Log(
        HttpContext http,
        string what,
        FactQuery query,
        long after,
        long? upTo,
        Guid? export = null
    )
    {
        var number = query.Number is { } n ? ConsentState.IdOf(n).ToString() : null;
        string?[] narrowed =
        [
            query.Types ?? query.Type,
            query.Actor,
            query.Stream?.ToString(),
            query.Device?.ToString(),
            query.Correlation,
        ];
        return Record(
            http,
            what,
            [number ?? query.Stream?.ToString() ?? ContentRead.Anything],
            string.Join(' ', narrowed.OfType<string>()) is { Length: > 0 } text ? text : null,
            after,
            upTo,
            export
        );
    }

    private async Task Record(
        HttpContext http,
        string what,
        IReadOnlyList<string> subjects,
        string? narrowed,
        long? after,
        long? upTo,
        Guid? export = null
    )
    {
        var caller = Caller.Of(http);
        var now = clock.GetCurrentInstant();
        var purpose = http.Request.Headers[PurposeHeader].ToString() is { Length: > 0 } said ? said : null;
        var fresh = subjects.Where(subject => IsNew(KeyOf(subject), after ?? 0, now)).ToList();
        if (fresh.Count == 0)
        {
            return;
        }

        var fact = new ContentRead(what, fresh, narrowed, after, upTo, purpose, now);
        await readings.Record(new(Guid.CreateVersion7(), caller.Tenant, caller.Origin, fact));
        if (seen.Count > MostRemembered)
        {
            seen = new();
        }

        foreach (var subject in fresh)
        {
            seen[KeyOf(subject)] = (now, after ?? 0);
        }

        (string, string, string, string?) KeyOf(string subject) =>
            (caller.Tenant, caller.Actor, $"{subject} {narrowed}{export}", purpose);
    }

    /// <summary>Of the log, who begins further back is shown something new.</summary>
    private bool IsNew((string, string, string, string?) key, long after, Instant now) =>
        !seen.TryGetValue(key, out var known) || now - known.At >= span || after < known.After;
}
