using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Gateway.Scenarios.Faults;

namespace Gateway.Scenarios.Archives;

/// <summary>A sandbox in a process of its own, as somebody starts it at a terminal.</summary>
public sealed partial class SandboxProgram : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-look-");
    private readonly ChildProcess process;
    private readonly string temporary;
    private string said = "";

    private SandboxProgram(string archive)
    {
        temporary = Path.Combine(Path.GetTempPath(), $"gw-{Guid.NewGuid():N}"[..11]);
        Directory.CreateDirectory(temporary);
        process = ChildProcess.Start(
            "Gateway.Api.dll",
            ["sandbox", archive],
            new Dictionary<string, string>
            {
                ["TMPDIR"] = temporary,
                ["EmbeddedPostgres__CacheDirectory"] = PostgresCluster.SharedCache,
            },
            Path.Combine(folder.FullName, "said")
        );
    }

    /// <summary>Starts it and waits until it says where it is.</summary>
    public static async Task<SandboxProgram> Of(string archive)
    {
        var sandbox = new SandboxProgram(archive);
        await Faults.Eventually.True(
            async () =>
            {
                sandbox.said = await File.ReadAllTextAsync(Path.Combine(sandbox.folder.FullName, "said"));
                Assert.False(sandbox.process.HasExited, sandbox.said);
                return sandbox.said.Contains("Ctrl-C");
            },
            TimeSpan.FromSeconds(90),
            "a sandbox"
        );
        return sandbox;
    }

    /// <summary>With the key of a tenant; the first one when none is named.</summary>
    public HttpClient Http(string? tenant = null)
    {
        var key = Keys().Matches(said).First(key => tenant is null || key.Groups[2].Value == tenant);
        var http = new HttpClient { BaseAddress = new(Address().Match(said).Groups[1].Value) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            key.Groups[1].Value
        );
        return http;
    }

    /// <summary>Ends it as Ctrl-C does; what is left in the folder for what passes.</summary>
    public async Task<IReadOnlyList<string>> End()
    {
        process.Terminate();
        await process.Ended();
        return Directory.GetFileSystemEntries(temporary);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Terminate();
            process.Ended().Wait(TimeSpan.FromSeconds(30));
        }

        process.Dispose();
        folder.Delete(true);
        Directory.Delete(temporary, true);
    }

    [GeneratedRegex(@"Sandbox (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"Key (gk_\S+) of tenant (\S+)")]
    private static partial Regex Keys();
}
