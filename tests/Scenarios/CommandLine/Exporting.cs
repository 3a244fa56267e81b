using System.Security.Cryptography;
using System.Text.Json;

namespace Gateway.Scenarios.CommandLine;

public class Exporting(SharedGateway shared)
{
    private const string Bob = "+447700900123";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_concerns_a_number_becomes_a_file_that_is_checked_and_can_be_fetched_on()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;
        var text = await shell.Done("send", Bob, "=1+1; über 👋", "--quiet");
        await shell.Done("send", "+447700900124", "To somebody else", "--quiet");
        var folder = Directory.CreateDirectory(Path.Combine(tenant.Host.Folder, $"out-{Guid.NewGuid():N}"));
        var (file, again) = (
            Path.Combine(folder.FullName, "bob.csv"),
            Path.Combine(folder.FullName, "again")
        );

        var manifest = (await shell.Json("audit", "export", "--number", Bob, "--output", file))[0];
        var octets = await File.ReadAllBytesAsync(file, Stop);
        var (id, sha256) = (
            manifest.GetProperty("id").GetString()!,
            manifest.GetProperty("sha256").GetString()!
        );
        await File.WriteAllBytesAsync($"{again}.{sha256[..8]}.part", octets[..100], Stop);
        await shell.Done("audit", "exports", "fetch", id, "--output", again);

        var lines = await File.ReadAllLinesAsync(file, Stop);
        Assert.All(lines[1..], line => Assert.Contains(text, line));
        Assert.Equal(manifest.GetProperty("facts").GetInt64(), lines.Length - 1);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(octets)));
        Assert.Equal(octets, await File.ReadAllBytesAsync(again, Stop));
        Assert.Equal(
            sha256,
            JsonSerializer
                .Deserialize<JsonElement>(await File.ReadAllTextAsync($"{file}.manifest.json", Stop))
                .GetProperty("sha256")
                .GetString()
        );
        Assert.Equal(4, folder.GetFiles().Length);
    }

    [Fact]
    public async Task Exports_are_listed_newest_first_and_removed()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;
        var folder = Directory.CreateDirectory(Path.Combine(tenant.Host.Folder, $"out-{Guid.NewGuid():N}"));
        var file = Path.Combine(folder.FullName, "all.jsonl");
        var first = await shell.Done("audit", "export", "--output", file, "--quiet");
        var second = await shell.Done("audit", "export", "--output", $"{file}2", "--quiet");

        var listed = await shell.Done("audit", "exports", "--quiet");
        await shell.Done("audit", "exports", "remove", first);
        var gone = await shell.Run("audit", "exports", "fetch", first, "--output", $"{file}3");

        Assert.Equal([second, first], listed.Split(Environment.NewLine));
        Assert.Equal((1, "The export is removed."), (gone.Code, gone.Error.Trim()));
        Assert.Contains("removed", await shell.Done("audit", "exports"));
    }
}
