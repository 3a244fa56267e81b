using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

/// <summary>Parts of the log as files on this machine.</summary>
public class ExportingSpecs
{
    private const string Whole = "position,type\r\n8,message_sent\r\n";

    private static string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Whole)));

    [Fact]
    public async Task What_is_asked_for_is_waited_for_fetched_and_checked()
    {
        using var trial = Trial.SignedIn(
            Export("running"),
            Export("running"),
            Export("running", facts: 41_000, position: 70),
            Export("done", facts: 1, position: 100),
            Json(Manifest()),
            Octets(Whole)
        );
        var file = Path.Combine(trial.Folder, "bob.csv");

        var ended = await trial.Run($"audit export --number +447700900123 --since 1d --output {file}");

        Assert.Equal((0, Whole), (ended.Code, await Read(file)));
        Assert.Equal("waiting …\nwriting 41,000 facts, 70 %\nfetching 100 % of 31 bytes\n", ended.Error);
        Assert.Contains(Sha256, ended.Out);
        Assert.Equal(
            """{"format":"csv","types":[],"number":"\u002B447700900123","since":"2025-12-31T12:00:00+00:00"}""",
            trial.Network.Asked[0].Body
        );
        var beside = JsonSerializer.Deserialize<JsonElement>(await Read($"{file}.manifest.json"));
        Assert.Equal(Sha256, beside.GetProperty("sha256").GetString());
        Assert.Equal(1, beside.GetProperty("types").GetProperty("message_sent").GetInt64());
        Assert.Empty(Parts(trial));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task What_broke_off_is_gone_on_with()
    {
        using var trial = Trial.SignedIn(
            Export("done"),
            Export("done"),
            Json(Manifest()),
            Octets(Whole[..15], isCut: true)
        );
        var file = Path.Combine(trial.Folder, "bob.csv");

        var cut = await trial.Run($"audit export --output {file}");
        var (left, wasThere) = (Parts(trial), File.Exists(file));
        using var again = Trial.SignedIn(
            Export("done"),
            Json(Manifest()),
            Octets(Whole[15..], HttpStatusCode.PartialContent)
        );
        var ended = await again.Run($"audit exports fetch {Answers.Id} --output {file}");

        Assert.Equal((3, false, 1), (cut.Code, wasThere, left.Length));
        Assert.Contains($"Go on with: gateway audit exports fetch {Answers.Id} --output {file}\n", cut.Error);
        Assert.Equal((0, Whole), (ended.Code, await Read(file)));
        Assert.Equal("bytes=15-", again.Network.Asked[^1].Header("Range"));
        Assert.Empty(Parts(trial));
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_manifest_says_is_never_there()
    {
        using var trial = Trial.SignedIn(
            Export("done"),
            Json(Manifest()),
            Octets(Whole.Replace("sent", "lost"))
        );

        var ended = await trial.Run(
            $"audit exports fetch {Answers.Id} --output {Path.Combine(trial.Folder, "bob.csv")}"
        );

        Assert.Equal(1, ended.Code);
        Assert.Contains("SHA-256", ended.Error);
        Assert.DoesNotContain(Directory.GetFiles(trial.Folder), file => new FileInfo(file).Length > 0);
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_written_over()
    {
        using var trial = Trial.SignedIn();
        var file = Path.Combine(trial.Folder, "bob.csv");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        var there = await trial.Run($"audit export --output {file}");
        var nowhere = await trial.Run($"audit export --output {Path.Combine(trial.Folder, "no", "bob.csv")}");

        Assert.Equal((2, $"{file} is there already.\n"), (there.Code, there.Error));
        Assert.Equal(2, nowhere.Code);
        Assert.Equal("mine", await Read(file));
        Assert.Empty(trial.Network.Asked);
    }

    [Theory]
    [InlineData(
        "failed",
        "\"The disk of the folder for exports is full.\"",
        "The disk of the folder for exports is full."
    )]
    [InlineData("cancelled", "null", "The export is cancelled.")]
    public async Task Why_there_is_no_file_is_said(string status, string error, string said)
    {
        using var trial = Trial.SignedIn(Export("running"), Export(status, error: error));

        var ended = await trial.Run($"audit export --output {Path.Combine(trial.Folder, "all.jsonl")}");

        Assert.Equal((1, $"{said}\n"), (ended.Code, ended.Error));
        Assert.StartsWith("""{"format":"jsonl",""", trial.Network.Asked[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_are_listed_and_removed()
    {
        using var trial = Trial.SignedIn(
            Json($$"""{"items":[{{Body("done", 1, 100, "null")}}],"next":null}"""),
            Nothing()
        );

        Assert.Equal(
            $"""
            ID                                    STATUS  FORMAT  ASKED                 FACTS  BYTES  OF
            {Answers.Id}  done    csv     2026-01-01T12:00:00Z  1      31     +447700900123 since 2025-12-31T12:00:00Z

            """,
            (await trial.Run("audit exports")).Out
        );
        Assert.Equal(
            $"Removed export {Answers.Id}.\n",
            (await trial.Run($"audit exports remove {Answers.Id}")).Out
        );
        Assert.Equal($"/v1/audit/exports/{Answers.Id}", trial.Network.Asked[^1].Path);
    }

    private static Func<HttpResponseMessage> Export(
        string status,
        long facts = 0,
        long position = 0,
        string error = "null"
    ) => Json(Body(status, facts, position, error));

    private static string Body(string status, long facts, long position, string error) =>
        $$"""
            {"id":"{{Answers.Id}}","status":"{{status}}","format":"csv","filters":{"types":[],"number":"+447700900123",
             "since":"2025-12-31T12:00:00.000000Z"},"after":0,"upTo":100,"askedAt":"2026-01-01T12:00:00.000000Z",
             "askedBy":"key:1","endedAt":null,"error":{{error}},
             "progress":{"facts":{{facts}},"position":{{position}},"bytes":31},"sha256":null}
            """;

    private static string Manifest() =>
        $$"""
            {"id":"{{Answers.Id}}","format":"csv","filters":{"types":[]},"after":0,"upTo":100,"facts":1,
             "types":{"message_sent":1},"first":{"position":8,"recordedAt":"2026-01-01T12:00:00.000000Z"},
             "last":{"position":8,"recordedAt":"2026-01-01T12:00:00.000000Z"},"bytes":{{Whole.Length}},"sha256":"{{Sha256}}",
             "product":"gateway 0.1.0","askedAt":"2026-01-01T12:00:00.000000Z","madeAt":"2026-01-01T12:00:01.000000Z"}
            """;

    private static Task<string> Read(string file) =>
        File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

    private static string[] Parts(Trial trial) => Directory.GetFiles(trial.Folder, "*.part");
}
