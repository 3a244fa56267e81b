using System.Text.Json;

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

    [Fact]
    public void No_sample_is_without_its_event() =>
        Assert.Empty(
            Directory
                .EnumerateFiles(Folder, "*.json")
                .Select(file => Path.GetFileName(file).Split('.')[0])
                .Except(StoredEvents.All.Select(known => known.Name))
        );

    /// <summary>The record that the sample of this name stands for.</summary>
    internal static object SampleOf(string name) =>
        EventSamples.All.SingleOrDefault(sample => sample.GetType() == StoredEvents.TypeOf(name))
        ?? throw new InvalidOperationException($"Add a record of {name} to EventSamples.cs.");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "EventSamples");

    private static string Stored(string name) => File.ReadAllText(Path.Combine(Folder, $"{name}.v1.json"));

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
