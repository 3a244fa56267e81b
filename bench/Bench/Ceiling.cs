using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Gateway.Bench;

/// <summary>What this machine's PostgreSQL writes at most, with nobody in between.</summary>
/// <param name="OneByOne">Messages per second, each in a transaction of its own.</param>
/// <param name="ByHundreds">Messages per second, a hundred in each transaction.</param>
/// <param name="Octets">One event row, as text.</param>
internal sealed record Ceiling(double OneByOne, double ByHundreds, int Octets)
{
    /// <summary>Clients of pgbench.</summary>
    public const int Clients = 8;

    private const int Many = 100;

    /// <summary>Null when there is no pgbench on this machine.</summary>
    /// <param name="database">One that a gateway has made and in which it has queued a message.</param>
    public static async Task<Ceiling?> Measure(
        Workplace workplace,
        string database,
        TimeSpan duration,
        PhaseUse use,
        CancellationToken stop
    )
    {
        if (Program(workplace.Binaries.Folder) is not { } program)
        {
            return null;
        }

        await using var data = NpgsqlDataSource.Create(database);
        var (script, octets) = await CeilingScript.Prepare(data, stop);
        async Task<double> Run(int messages)
        {
            var path = Path.Combine(workplace.Folder, $"ceiling-{messages}.sql");
            var text = string.Format(CultureInfo.InvariantCulture, script, messages).ReplaceLineEndings(" ");
            await File.WriteAllTextAsync(path, text, stop);
            return messages * await Transactions(program, path, database, duration, stop);
        }

        use.Start();
        var ceiling = new Ceiling(await Run(1), await Run(Many), octets);
        use.Stop();
        return ceiling;
    }

    private static string? Program(string beside) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Prepend(beside)
            .Concat(Installed())
            .Select(folder => Path.Combine(folder, "pgbench"))
            .FirstOrDefault(File.Exists);

    private static IEnumerable<string> Installed() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Select(major => Path.Combine(major, "bin"))
            : [];

    private static async Task<double> Transactions(
        string program,
        string script,
        string database,
        TimeSpan duration,
        CancellationToken stop
    )
    {
        var server = new NpgsqlConnectionStringBuilder(database);
        string[] arguments =
        [
            "--no-vacuum",
            $"--client={Clients}",
            "--jobs=1",
            $"--time={(int)duration.TotalSeconds}",
            $"--file={script}",
            $"--host={server.Host}",
            $"--port={server.Port}",
            $"--username={server.Username}",
            server.Database!,
        ];
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PGPASSWORD"] = server.Password },
            }
        )!;
        try
        {
            var (said, complained) = (
                process.StandardOutput.ReadToEndAsync(stop),
                process.StandardError.ReadToEndAsync(stop)
            );
            await process.WaitForExitAsync(stop);
            var rate = Regex.Match(await said, @"tps = ([0-9.]+)");
            return process.ExitCode == 0 && rate.Success
                ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"pgbench failed: {await complained}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
