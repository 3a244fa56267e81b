using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Application;
using Gateway.Domain.Messages;
using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Specs.Events;

/// <summary>Stored events are for ever: these rules hold for each from the first one on.</summary>
public partial class EventSpecs
{
    private static readonly HashSet<Type> PlainTypes =
    [
        typeof(string),
        typeof(bool),
        typeof(int),
        typeof(long),
        typeof(Guid),
        typeof(Instant),
        typeof(Msisdn),
    ];

    public static TheoryData<string> Names => StoredEvents.Names;

    [Fact]
    public void Every_fact_of_a_message_is_known_to_the_store() =>
        Assert.Equal(
            typeof(MessageEvent)
                .Assembly.GetTypes()
                .Where(type =>
                    type.BaseType is { IsAbstract: true } parent
                    && parent.Name.EndsWith("Event", StringComparison.Ordinal)
                )
                .Select(type => type.Name)
                .Order(),
            StoredEvents
                .All.Select(known => known.Type)
                .Where(type => type.BaseType != typeof(object))
                .Select(type => type.Name)
                .Order()
        );

    [Fact]
    public void Stored_names_are_unique() =>
        Assert.Equal(StoredEvents.All.Count, StoredEvents.All.DistinctBy(known => known.Name).Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_name_is_the_types_name_in_snake_case_and_its_version_from_the_second_on(
        string name
    ) =>
        Assert.Equal(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(StoredEvents.TypeOf(name).Name),
            StoredEvents.FormOf(name).Type
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_event_says_when_it_happened(string name) =>
        Assert.Equal(typeof(Instant), StoredEvents.TypeOf(name).GetProperty("At")?.PropertyType);

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_are_texts_whole_numbers_or_records_of_such(string name) =>
        Assert.Empty(Strangers(StoredEvents.TypeOf(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Member_names_are_plain_and_none_comes_twice(string name)
    {
        using var json = JsonDocument.Parse(StoredEvents.Write(SampleSpecs.SampleOf(name)));

        Assert.All(MemberNames(json.RootElement), member => Assert.Matches(PlainName(), member));
        Assert.All(
            Objects(json.RootElement),
            o => Assert.Distinct(o.EnumerateObject().Select(member => member.Name))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_are_written_without_fraction_and_exponent(string name)
    {
        using var json = JsonDocument.Parse(StoredEvents.Write(SampleSpecs.SampleOf(name)));

        Assert.All(
            Values(json.RootElement).Where(value => value.ValueKind == JsonValueKind.Number),
            number => Assert.Matches(WholeNumber(), number.GetRawText())
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Timestamps_have_six_digits_and_are_in_UTC(string name)
    {
        using var json = JsonDocument.Parse(StoredEvents.Write(SampleSpecs.SampleOf(name)));
        var instants = StoredEvents
            .TypeOf(name)
            .GetProperties()
            .Where(member =>
                (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) == typeof(Instant)
            )
            .Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name));

        Assert.All(
            instants,
            member => Assert.Matches(SixDigits(), json.RootElement.GetProperty(member).GetString())
        );
    }

    [Theory]
    [InlineData("2026-01-01T12:00:00Z", "2026-01-01T12:00:00.000000Z")]
    [InlineData("2026-01-01T12:00:00.5Z", "2026-01-01T12:00:00.500000Z")]
    [InlineData("2026-01-01T14:00:00.123456789+02:00", "2026-01-01T12:00:00.123456Z")]
    public void An_instant_is_read_in_any_offset_and_written_in_one_form(string read, string written)
    {
        var json = new JsonSerializerOptions().AddDomainValues();
        var instant = JsonSerializer.Deserialize<Instant>($"\"{read}\"", json);

        Assert.Equal(written, StoredJson.Write(instant));
        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(instant, json));
        Assert.Equal(instant, JsonSerializer.Deserialize<Instant>($"\"{written}\"", json));
    }

    [Theory]
    [InlineData("\"2026-01-01T12:00:00\"")]
    [InlineData("\"2026-01-01\"")]
    [InlineData("\"2026-02-30T12:00:00Z\"")]
    [InlineData("\"tomorrow\"")]
    [InlineData("\"\"")]
    [InlineData("1767268800")]
    [InlineData("\"2026-01-01T12:00:00.00000000000000000000000000000000000000000000000000000Z\"")]
    public void What_names_no_instant_beyond_doubt_is_refused(string text)
    {
        var json = new JsonSerializerOptions().AddDomainValues();

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Instant>(text, json));
    }

    private static IEnumerable<string> Strangers(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(member => Strangers($"{type.Name}.{member.Name}", member.PropertyType));

    private static IEnumerable<string> Strangers(string member, Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Strangers(member, inner)
        : PlainTypes.Contains(type) ? []
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? Strangers(member, type.GenericTypeArguments[0])
        : type.Assembly == typeof(MessageEvent).Assembly && type is { IsClass: true, IsSealed: true }
            ? Strangers(type)
        : [$"{member}: {type.Name}"];

    private static IEnumerable<JsonElement> Values(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject()
                .SelectMany(member => Values(member.Value))
                .Append(json),
            JsonValueKind.Array => json.EnumerateArray().SelectMany(Values),
            _ => [json],
        };

    private static IEnumerable<JsonElement> Objects(JsonElement json) =>
        Values(json).Where(value => value.ValueKind == JsonValueKind.Object);

    private static IEnumerable<string> MemberNames(JsonElement json) =>
        Objects(json).SelectMany(o => o.EnumerateObject()).Select(member => member.Name);

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex PlainName();

    [GeneratedRegex("^-?[0-9]{1,16}$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
    private static partial Regex SixDigits();
}
