using System.IO.Compression;
using System.Text;

namespace Gateway.Scenarios.Archives;

/// <summary>All on one database, which has to be empty after each.</summary>
[Collection(ArchivedHistories.Name)]
public sealed class RefusingAnArchive(ArchivedHistory origin) : IAsyncLifetime
{
    private const int Refused = 7;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-refused-");
    private string empty = "";

    public async ValueTask InitializeAsync() => empty = await origin.Shared.Cluster.CreateDatabase("refused");

    [Fact]
    public async Task One_with_a_changed_octet_is_refused_whole()
    {
        var octets = await File.ReadAllBytesAsync(origin.Path, TestContext.Current.CancellationToken);
        octets[octets.Length / 2] ^= 1;

        await Refuses(octets, "damaged");
    }

    [Fact]
    public async Task One_that_was_cut_off_is_refused_whole()
    {
        var octets = await File.ReadAllBytesAsync(origin.Path, TestContext.Current.CancellationToken);

        await Refuses(octets[..(octets.Length * 2 / 3)], "cut off");
    }

    [Fact]
    public async Task What_is_no_archive_is_refused() =>
        await Refuses(Encoding.UTF8.GetBytes("Not at all what is expected."), "not an archive");

    [Fact]
    public async Task One_with_facts_that_nobody_knows_is_refused_whole() =>
        await Refuses(Changed("\"message_cancelled\"", "\"message_sung\""), "'message_sung'");

    [Fact]
    public async Task One_with_a_fact_that_cannot_be_read_is_refused_whole() =>
        await Refuses(Changed("\"+447700900002\"", "\"nobody\""), "can't be read");

    [Fact]
    public async Task Where_something_has_happened_already_nothing_is_imported()
    {
        var before = await ArchivedHistory.Log(origin.ConnectionString, long.MaxValue);

        var (exitCode, said) = await GatewayProgram.Run(origin.ConnectionString, "import", origin.Path);

        Assert.Equal(Refused, exitCode);
        Assert.Contains("a history already", said);
        Assert.Equal(before, await ArchivedHistory.Log(origin.ConnectionString, long.MaxValue));
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(true);
        return ValueTask.CompletedTask;
    }

    private async Task Refuses(byte[] octets, string why)
    {
        var file = Path.Combine(folder.FullName, "bad.gwa");
        await File.WriteAllBytesAsync(file, octets);

        var (exitCode, said) = await GatewayProgram.Run(empty, "import", file);

        Assert.Equal(Refused, exitCode);
        Assert.Contains(why, Assert.Single(said.Split('\n'), line => line.Contains("not imported")));
        Assert.Empty(await ArchivedHistory.Log(empty, long.MaxValue));
        Assert.Empty(await new Views.ViewTables(empty).Rows());
    }

    /// <summary>The archive with other words in it, and sealed as if it had been written so.</summary>
    private byte[] Changed(string from, string to)
    {
        using var gzip = new GZipStream(File.OpenRead(origin.Path), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        var lines = reader.ReadToEnd().Replace(from, to).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Sealed.Anew(lines);
    }
}
