using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Application;

namespace Gateway.Specs.Events;

/// <summary>One stored JSON per event and version, read for ever.</summary>
public class SampleSpecs
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Names => StoredEvents.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_sample_is_read_as_what_was_meant(string name)
    {
        var read = StoredEvents.Read(StoredEvents.TypeOf(name), Stored(name));

        Assert.Equal(StoredEvents.Write(SampleOf(name)), StoredEvents.Write(read));
        Assert.Equivalent(SampleOf(name), read, strict: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_sample_would_be_written_the_same_today(string name) =>
        Assert.Equal(
            Canonical(Stored(name)),
            Canonical(StoredEvents.Write(StoredEvents.Read(StoredEvents.TypeOf(name), Stored(name))))
        );

    public static TheoryData<string> EarlierNames => [.. EarlierForms.All.Keys];

    [Theory]
    [MemberData(nameof(EarlierNames))]
    public void A_sample_of_an_earlier_form_is_read_as_what_is_written_today(string name)
    {
        var today = StoredEvents.All.Single(known =>
            StoredEvents.FormOf(known.Name).Type == StoredEvents.FormOf(name).Type
        );
        var renewed = EarlierForms.All[name](JsonNode.Parse(Stored(name))!.AsObject());

        Assert.Equal(SampleOf(today.Name), StoredEvents.Read(today.Type, renewed.ToJsonString()));
    }

    [Fact]
    public void No_sample_is_without_its_event() =>
        Assert.Empty(
            Directory
                .EnumerateFiles(Folder, "*.json")
                .Select(Path.GetFileName)
                .Except(
                    StoredEvents.All.Select(known => known.Name).Union(EarlierForms.All.Keys).Select(FileOf)
                )
        );

    /// <summary>The record that the sample of this name stands for.</summary>
    internal static object SampleOf(string name) =>
        EventSamples.All.SingleOrDefault(sample => sample.GetType() == StoredEvents.TypeOf(name))
        ?? throw new InvalidOperationException($"Add a record of {name} to EventSamples.cs.");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "EventSamples");

    private static string Stored(string name) => File.ReadAllText(Path.Combine(Folder, FileOf(name)));

    private static string FileOf(string name) =>
        StoredEvents.FormOf(name) is var form ? $"{form.Type}.v{form.Schema}.json" : "";

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
