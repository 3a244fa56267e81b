using NodaTime;

namespace Gateway.Domain.Consent;

/// <summary>Whether one remote party may be texted by this tenant.</summary>
public sealed record ConsentState(Guid Id, string Remote, bool IsOptedOut)
{
    /// <summary>Words that end consent when they are the whole text (the set North American carriers require).</summary>
    private static readonly HashSet<string> StopWords =
    [
        "STOP",
        "STOPALL",
        "UNSUBSCRIBE",
        "CANCEL",
        "END",
        "QUIT",
        "OPTOUT",
        "REVOKE",
    ];

    private static readonly HashSet<string> StartWords = ["START", "UNSTOP", "YES", "OPTIN"];

    /// <summary>The stream that holds a remote party's consent.</summary>
    public static Guid IdOf(string remote) => DerivedId.Of("consent", remote);

    /// <summary>Folds one event into the state.</summary>
    public static ConsentState? Evolve(ConsentState? state, Guid id, object @event) =>
        @event switch
        {
            OptedOut e => new ConsentState(id, e.Remote, true),
            OptedIn e => new ConsentState(id, e.Remote, false),
            _ => state,
        };

    /// <summary>Reads an inbound text for the keywords; anything else changes nothing.</summary>
    /// <remarks>START's weaker words, such as YES, count only after a STOP: they are ordinary answers otherwise.</remarks>
    public static Decision Hear(ConsentState? state, string remote, string text, Guid inboundId, Instant at)
    {
        var word = text.Trim().TrimEnd('.', '!', ' ').ToUpperInvariant();
        var isOut = state is { IsOptedOut: true };
        return StopWords.Contains(word) && !isOut
                ? Decision.Record(new OptedOut(remote, "inbound", word, inboundId, at))
            : StartWords.Contains(word) && isOut
                ? Decision.Record(new OptedIn(remote, "inbound", word, inboundId, at))
            : Decision.Nothing;
    }
}
