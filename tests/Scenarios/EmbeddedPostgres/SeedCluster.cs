using System.Diagnostics;
using Gateway.Scenarios.EmbeddedPostgres;

[assembly: AssemblyFixture(typeof(SeedCluster))]

namespace Gateway.Scenarios.EmbeddedPostgres;

/// <summary>A cluster that is made once, when a test first asks, and copied from then on: initdb is the slow part.</summary>
public sealed class SeedCluster : IDisposable
{
    private readonly Lazy<Task<PostgresFolder>> seed = new(Make);

    /// <summary>A folder with a cluster of its own, stopped.</summary>
    public async Task<PostgresFolder> Folder(string below = "root")
    {
        var folder = new PostgresFolder(below);
        Directory.CreateDirectory(folder.Root);
        using var copy = Process.Start("cp", ["-a", (await seed.Value).Root + "/.", folder.Root]);
        await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
        return folder;
    }

    public void Dispose()
    {
        if (seed.IsValueCreated && seed.Value.IsCompletedSuccessfully)
        {
            seed.Value.Result.Dispose();
        }
    }

    private static async Task<PostgresFolder> Make()
    {
        var folder = new PostgresFolder();
        await using (await folder.Start()) { }
        return folder;
    }
}
