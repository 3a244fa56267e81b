using System.Text.Json;

namespace Gateway.Domain.Messages;

/// <summary>Statuses and markers as the outside reads them: snake case.</summary>
public static class MessageWords
{
    private static readonly Dictionary<MessageStatus, string> Statuses = Enum.GetValues<MessageStatus>()
        .ToDictionary(
            status => status,
            status => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString())
        );

    /// <summary>Every status there is.</summary>
    public static IReadOnlyCollection<string> AllStatuses => Statuses.Values;

    /// <summary>Such as <c>in_doubt</c>.</summary>
    public static string Of(MessageStatus status) => Statuses[status];

    /// <summary>Such as <c>replied</c>; none is an empty list.</summary>
    public static IReadOnlyList<string> Of(MessageMarkers markers) =>
        markers == MessageMarkers.None
            ? []
            :
            [
                .. Enum.GetValues<MessageMarkers>()
                    .Where(marker => marker != MessageMarkers.None && markers.HasFlag(marker))
                    .Select(marker => JsonNamingPolicy.SnakeCaseLower.ConvertName(marker.ToString())),
            ];
}
