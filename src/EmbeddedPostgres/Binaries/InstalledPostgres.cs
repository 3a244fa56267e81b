using System.ComponentModel;
using System.Text.RegularExpressions;
using Gateway.EmbeddedPostgres.Account;

namespace Gateway.EmbeddedPostgres.Binaries;

/// <summary>Folders of this computer that hold a PostgreSQL which runs.</summary>
internal static partial class InstalledPostgres
{
    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl"];

    // A parent folder, and which of its folders have a `bin`.
    private static readonly (string Parent, string Pattern)[] UsualPlaces =
    [
        ("/usr/lib/postgresql", "*"),
        ("/usr", "pgsql-*"),
        ("/opt/homebrew/opt", "postgresql@*"),
        ("/usr/local/opt", "postgresql@*"),
        ("/Library/PostgreSQL", "*"),
    ];

    /// <summary>Those on <c>PATH</c>, then the usual places of distributions, newest first.</summary>
    public static async Task<IReadOnlyList<(string Folder, int Major)>> Find(CancellationToken ct)
    {
        List<(string Folder, int Major)> found = [];
        foreach (var folder in OnPath().Concat(InUsualPlaces()).Distinct())
        {
            if (await MajorOf(folder, ct) is { } major)
            {
                found.Add((folder, major));
            }
        }

        return [.. found.OrderByDescending(install => install.Major)];
    }

    /// <summary>Null when the folder lacks a program or its <c>postgres</c> does not run here.</summary>
    public static async Task<int?> MajorOf(string folder, CancellationToken ct)
    {
        if (!Needed.All(name => File.Exists(Path.Combine(folder, name))))
        {
            return null;
        }

        try
        {
            var postgres = Path.Combine(folder, "postgres");
            var end = await PostgresAccount.Ourselves.Run(postgres, ["--version"], ct);
            return end.IsGood && Number().Match(end.Output) is { Success: true } number
                ? int.Parse(number.ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
                : null;
        }
        catch (Win32Exception)
        {
            // A build for another system or C library, or not executable for us: as good as not there.
            return null;
        }
    }

    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "postgres"))
            .Where(File.Exists)
            // Debian links it; its companions lie beside the target.
            .Select(file => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file)
            .Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!);

    private static IEnumerable<string> InUsualPlaces() =>
        UsualPlaces
            .Where(place => Directory.Exists(place.Parent))
            .SelectMany(place => Directory.GetDirectories(place.Parent, place.Pattern))
            .Select(folder => Path.Combine(folder, "bin"));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
