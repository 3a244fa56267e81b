using System.Globalization;
using System.Text;
using Gateway.Client.History;

namespace Gateway.Client.Wire;

/// <summary>A path with its query; what is null is left out.</summary>
internal sealed class Address(string path)
{
    private readonly StringBuilder text = new(path);
    private char mark = '?';

    public Address With(string name, string? value)
    {
        if (value is not null)
        {
            text.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }

        return this;
    }

    public Address With(string name, long? value) =>
        With(name, value?.ToString(CultureInfo.InvariantCulture));

    public Address With(string name, Guid? value) => With(name, value?.ToString());

    public Address With(string name, DateTimeOffset? value) =>
        With(name, value is { } at ? Moment(at) : null);

    /// <summary>Any of these; none at all is no condition.</summary>
    public Address With(string name, IReadOnlyList<string>? values) =>
        With(name, values is { Count: > 0 } ? string.Join(',', values) : null);

    /// <summary>From this point of view; null is now.</summary>
    public Address With(Past? past) =>
        With("asOf", past?.AsOf?.ToString()).With("happenedBy", past?.HappenedBy);

    /// <summary>Only these facts; null is no condition.</summary>
    public Address With(FactFilter? filter) =>
        With("types", filter?.Types)
            .With("number", filter?.Number)
            .With("actor", filter?.Actor)
            .With("stream", filter?.Stream)
            .With("correlation", filter?.Correlation)
            .With("device", filter?.Device)
            .With("since", filter?.Since)
            .With("until", filter?.Until);

    /// <summary>An instant as the gateway writes it.</summary>
    public static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public override string ToString() => text.ToString();
}
