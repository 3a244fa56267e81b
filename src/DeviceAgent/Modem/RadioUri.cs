using System.Globalization;

namespace Gateway.DeviceAgent.Modem;

/// <summary>
/// Where a radio is and how to set it up: <c>sim:scenario.json?seed=7</c>, <c>at:///dev/ttyUSB2?baud=115200</c>,
/// <c>at+tcp://host:port</c>, <c>at+unix:path</c>.
/// </summary>
/// <param name="Scheme">What stands before the first colon.</param>
/// <param name="Path">What follows, without leading <c>//</c>; may be empty.</param>
/// <param name="Options">The words after <c>?</c>. A plus sign means itself.</param>
public sealed record RadioUri(string Scheme, string Path, IReadOnlyDictionary<string, string> Options)
{
    /// <exception cref="FormatException">There is no scheme.</exception>
    public static RadioUri Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1)
        {
            throw new FormatException($"'{text}' is not a radio: it lacks a scheme such as sim: or at:.");
        }
        var rest = text[(colon + 1)..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? rest : rest[..question];
        var options = (question < 0 ? "" : rest[(question + 1)..])
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Split('=', 2))
            .ToDictionary(
                option => option[0],
                option => Uri.UnescapeDataString(option.Length > 1 ? option[1] : "")
            );
        return new(
            text[..colon],
            path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path,
            options
        );
    }

    public string? Text(string option) => Options.GetValueOrDefault(option);

    /// <exception cref="FormatException">The option is there and not a number.</exception>
    public long? Number(string option) =>
        Text(option) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
        : throw new FormatException($"The radio's option '{option}' is not a whole number.");
}
