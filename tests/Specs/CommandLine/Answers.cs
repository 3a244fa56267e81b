namespace Gateway.Specs.CommandLine;

/// <summary>What a gateway says, as it was recorded.</summary>
internal static class Answers
{
    public const string Id = "92920ed3-c40d-56c5-a1d0-1b85294b1e04";

    public const string Accepted = $$"""
        {"id":"{{Id}}","status":"queued","to":"+447700900123","encoding":"gsm7","segments":1,
         "acceptedAt":"2026-01-01T12:00:00.000000Z","sendAt":null,"expiresAt":"2026-01-02T12:00:00.000000Z"}
        """;

    public static string Message(string status, string text = "Hello", string id = Id) =>
        $$"""
            {"id":"{{id}}","direction":"outbound","status":"{{status}}","markers":[],"from":"+447700900001",
             "to":"+447700900123","text":"{{text}}","segments":1,"conversationId":null,"deviceId":null,"attempts":1,
             "tags":[],"metadata":null,"queuedAt":"2026-01-01T12:00:00.123456Z","sendAt":null,
             "lastAt":"2026-01-01T12:00:01.000000Z","version":4,"answers":null}
            """;

    /// <summary>One of a message's facts, or of another stream; the position is ten times the version.</summary>
    public static string Fact(
        int version,
        string type,
        string data = "{}",
        string stream = Id,
        string actor = "system:router"
    ) =>
        $$"""
            {"id":"{{FactId(version)}}","position":{{version
                * 10}},"stream":"{{stream}}","version":{{version}},"type":"{{type}}",
             "schema":1,"actor":"{{actor}}","correlation":"c","causation":null,"at":"2026-01-01T12:00:00.000000Z",
             "data":{{data}},"recordedAt":"2026-01-01T12:00:0{{version}}.000000Z"}
            """;

    /// <summary>Of the fact of this version.</summary>
    public static string FactId(int version) => $"0199e1c4-7b0a-7c55-9d2e-{version:d12}";

    public static string Page(string? next, params IEnumerable<string> items) =>
        $$"""{"items":[{{string.Join(',', items)}}],"next":{{(next is null ? "null" : $"\"{next}\"")}}}""";
}
