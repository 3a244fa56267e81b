using System.Net;
using System.Text.Json;
using Gateway.DeviceAgent.Modem.Simulator;

namespace Gateway.Scenarios.Messages;

/// <summary>What takes two units can't be split over two segments, even where that costs a segment more.</summary>
public class CuttingAMessage(SharedGateway shared)
{
    [Theory]
    [InlineData("я", 68, "😀", 0, new[] { 70 })]
    [InlineData("я", 69, "😀", 0, new[] { 67, 4 })]
    [InlineData("я", 65, "😀", 67, new[] { 67, 67 })]
    [InlineData("я", 66, "😀", 66, new[] { 66, 67, 1 })]
    [InlineData("a", 151, "€", 153, new[] { 152, 153 })]
    [InlineData("a", 152, "€", 152, new[] { 152, 152, 1 })]
    public async Task A_pair_stays_whole_in_the_dry_run_and_on_its_way_out(
        string letter,
        int before,
        string pair,
        int after,
        int[] lengths
    )
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var carrier = Path.Combine(tenant.Host.Folder, $"{tenant.Name}.carrier");
        await tenant.Connect($"sim:?acceptMs=5&reportMs=5&truth={Uri.EscapeDataString(carrier)}");
        var text = Repeat(letter, before) + pair + Repeat(letter, after);

        var trial = await tenant.Post(
            "/v1/messages?dryRun=true",
            new { to = "+447700900123", text },
            HttpStatusCode.OK
        );
        string[] parts = [.. trial.GetProperty("parts").EnumerateArray().Select(part => part.GetString()!)];
        var sent = await tenant.Until(await tenant.Send("+447700900123", text), "delivered");

        Assert.Equal(text, string.Concat(parts));
        Assert.Equal(lengths, parts.Select(part => part.Length));
        Assert.Equal(lengths.Length, trial.GetProperty("segments").GetInt32());
        Assert.Equal(lengths.Length, sent.GetProperty("segments").GetInt32());
        Assert.Equal(parts.Select(Truth.Hash), Received(carrier));
    }

    private static string Repeat(string letter, int count) => string.Concat(Enumerable.Repeat(letter, count));

    /// <summary>What a person received, by the carrier's log: each part's hash, in order.</summary>
    private static IEnumerable<string?> Received(string carrier) =>
        File.ReadLines(carrier)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("v"))
            .OrderBy(part => part.GetProperty("part").GetInt32())
            .Select(part => part.GetProperty("body_h").GetString());
}
