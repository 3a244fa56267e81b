using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gateway.Client;
using Gateway.Client.Audit;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.Client;

/// <summary>The file of an export, fetched over connections that break.</summary>
public class FetchingSpecs
{
    private const string Whole = "one\ntwo\nthree\n";

    private static readonly ExportManifest Manifest = new(
        new("0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4"),
        "jsonl",
        new(),
        0,
        9,
        3,
        new Dictionary<string, long> { ["message_sent"] = 3 },
        null,
        null,
        Whole.Length,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Whole))),
        "gateway 0.1.0",
        default,
        default
    );

    [Fact]
    public async Task A_connection_that_breaks_is_gone_on_with_behind_what_is_there()
    {
        var network = new Recording(
            Octets("one\n", isCut: true),
            Refused(),
            Octets("two\n", HttpStatusCode.PartialContent, isCut: true),
            Octets("three\n", HttpStatusCode.PartialContent)
        );

        Assert.Equal(Whole, await Fetched(network));
        Assert.Equal(
            [null, "bytes=4-", "bytes=4-", "bytes=8-"],
            network.Asked.Select(a => a.Header("Range"))
        );
        Assert.Equal($"\"{Manifest.Sha256}\"", network.Asked[^1].Header("If-Range"));
    }

    [Fact]
    public async Task An_answer_that_ends_too_early_is_a_connection_that_broke() =>
        Assert.Equal(
            Whole,
            await Fetched(new(Octets("one\n"), Octets("two\nthree\n", HttpStatusCode.PartialContent)))
        );

    [Fact]
    public async Task What_is_there_already_is_not_fetched_again()
    {
        var network = new Recording();

        Assert.Equal(Whole, await Fetched(network, had: Whole));
        Assert.Empty(network.Asked);
    }

    [Fact]
    public async Task A_gateway_that_gives_the_whole_again_is_believed() =>
        Assert.Equal(Whole, await Fetched(new(Octets(Whole)), had: "one\n"));

    [Fact]
    public async Task A_file_that_is_not_what_its_manifest_says_is_emptied()
    {
        using var file = new MemoryStream();
        using var gateway = new GatewayClient(new Recording(Octets(Whole.Replace('t', 'T'))).Client());

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            gateway.Exports.Fetch(Manifest, file, cancellation: TestContext.Current.CancellationToken)
        );
        Assert.Equal(0, file.Length);
    }

    [Fact]
    public async Task Who_gets_no_further_gives_up_and_keeps_what_is_there()
    {
        using var file = new MemoryStream();
        var network = new Recording(Octets("one\n", isCut: true), Refused(), Refused(), Octets("two\n"));

        await Assert.ThrowsAsync<HttpRequestException>(() => Fetch(network, file));
        Assert.Equal("one\n", Encoding.UTF8.GetString(file.ToArray()));
        Assert.Equal(3, network.Asked.Count);
    }

    private static async Task<string> Fetched(Recording network, string had = "")
    {
        using var file = new MemoryStream();
        file.Write(Encoding.UTF8.GetBytes(had));
        await Fetch(network, file);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static async Task Fetch(Recording network, MemoryStream file)
    {
        using var gateway = new GatewayClient(network.Client(), new() { Pause = TimeSpan.Zero });
        await gateway.Exports.Fetch(Manifest, file, cancellation: TestContext.Current.CancellationToken);
    }
}
