using Gateway.Scenarios.Faults;

namespace Gateway.Scenarios.Hosting;

/// <summary>A release starts with code that was written before; development makes it anew at each start.</summary>
public class WrittenHandlers
{
    [Fact]
    public async Task What_a_release_is_built_with_is_what_the_handlers_ask_for_today()
    {
        var root = Root(new(AppContext.BaseDirectory));
        var build = Path.GetRelativePath(Path.Combine(root, "tests/Scenarios"), AppContext.BaseDirectory);
        var folder = Directory.CreateTempSubdirectory("gateway-handlers-").FullName;
        using var writing = ChildProcess.Start(
            Path.Combine(root, "src/Api", build, "Gateway.Api.dll"),
            ["codegen", "write"],
            new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Development" },
            Path.Combine(folder, "log")
        );
        await writing.Ended();

        var today = Read(folder);
        Assert.NotEmpty(today);
        // `make handlers` brings it up to date.
        Assert.Equal(today, Read(Path.Combine(root, "src/Api")));
        Directory.Delete(folder, recursive: true);
    }

    private static SortedDictionary<string, string> Read(string folder) =>
        new(
            Directory
                .EnumerateFiles(
                    Path.Combine(folder, "Internal/Generated"),
                    "*.cs",
                    SearchOption.AllDirectories
                )
                .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText),
            StringComparer.Ordinal
        );

    private static string Root(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Gateway.sln")) ? folder.FullName : Root(folder.Parent!);
}
