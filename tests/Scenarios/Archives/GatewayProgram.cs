using Gateway.Scenarios.Faults;

namespace Gateway.Scenarios.Archives;

/// <summary>The server's program, asked to do something else than serve.</summary>
public static class GatewayProgram
{
    /// <summary>Runs it on a database; its exit code, and what it said.</summary>
    public static async Task<(int ExitCode, string Said)> Run(
        string connectionString,
        params string[] arguments
    )
    {
        var folder = Directory.CreateTempSubdirectory("gateway-program-");
        try
        {
            var log = Path.Combine(folder.FullName, "said");
            using var program = ChildProcess.Start(
                "Gateway.Api.dll",
                arguments,
                new Dictionary<string, string> { ["ConnectionStrings__Gateway"] = connectionString },
                log
            );
            await program.Ended();
            return (program.ExitCode, await File.ReadAllTextAsync(log));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
