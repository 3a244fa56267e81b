using System.Net;
using Gateway.Api.Archives;
using Gateway.Specs.Client;
using NodaTime;

namespace Gateway.Specs.CommandLine;

public class ExportSpecs
{
    [Fact]
    public async Task A_whole_archive_stands_under_its_name()
    {
        var octets = await Archive();
        using var trial = Trial.SignedIn(Answering(octets));
        var file = Path.Combine(trial.Folder, "all.gz");

        var ended = await trial.Run($"export --all {file}");

        Assert.Equal((0, $"{file}: 0 facts in 0 streams, sealed.\n"), (ended.Code, ended.Out));
        Assert.Equal(octets, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public async Task Of_one_that_broke_off_nothing_is_left(double part)
    {
        var octets = await Archive();
        using var trial = Trial.SignedIn(Answering(octets[..(int)(octets.Length * part)]));

        var ended = await trial.Run($"export --all {Path.Combine(trial.Folder, "all.gz")}");

        Assert.Equal(3, ended.Code);
        Assert.Contains("was not written", ended.Error);
        Assert.Empty(Directory.GetFiles(trial.Folder));
    }

    [Theory]
    [InlineData("export x.gz")]
    [InlineData("export --all --from 1 --to 2 x.gz")]
    [InlineData("sandbox load")]
    [InlineData("import history.gz --server /nowhere/Gateway.Api.dll")]
    public async Task What_is_not_said_is_asked_for(string line)
    {
        using var trial = Trial.SignedIn();

        Assert.Equal(2, (await trial.Run(line)).Code);
    }

    private static Func<HttpResponseMessage> Answering(byte[] octets) =>
        () => new(HttpStatusCode.OK) { Content = new ByteArrayContent(octets) };

    private static async Task<byte[]> Archive()
    {
        using var file = new MemoryStream();
        await using (var archive = new ArchiveWriter(file))
        {
            await archive.Begin(
                ArchiveKinds.Complete,
                0,
                Instant.FromUtc(2026, 1, 1, 12, 0),
                TestContext.Current.CancellationToken
            );
            await archive.Seal(TestContext.Current.CancellationToken);
        }

        return file.ToArray();
    }
}
