using System.Reflection;

namespace Gateway.Api.Setup;

/// <summary>What the program is asked to do: serve, rebuild the views, or only say something about itself.</summary>
public static class CommandLine
{
    /// <summary>Rebuilds every view from the events instead of serving.</summary>
    public const string RebuildViews = "rebuild-views";

    /// <summary>Fills an empty gateway from an archive instead of serving.</summary>
    public const string Import = "import";

    /// <summary>Shows an archive in a gateway of its own, of which nothing stays.</summary>
    public const string Sandbox = "sandbox";

    /// <summary>Wolverine's own command; with <c>write</c> it writes the code around handlers that a release is built with.</summary>
    public const string WriteHandlers = "codegen";

    private const string Help = """
        Gateway.Api                  serve on http://127.0.0.1:8080, or where ASPNETCORE_URLS says
        Gateway.Api rebuild-views    rebuild every view from the events; the gateway must be stopped
        Gateway.Api import FILE      fill an empty gateway from an archive
        Gateway.Api sandbox FILE     look into an archive: read-only, on a database that goes with it
        Gateway.Api --help           this
        Gateway.Api --version        the version

        Settings are environment variables, or --name=value:
          ConnectionStrings__Gateway   the database; without it a private PostgreSQL starts in ./data/postgres
          EmbeddedPostgres__Root       the folder of that private PostgreSQL
          Gateway__FirstKeyFile        where the first key is kept; ./data/first-key when left out
          Audit__ExportFolder          where exports of the audit are kept; ./data/exports when left out
          Gateway__DefaultRegion       where a number without a country code belongs; GB when left out
          Logging__Format=text         log lines for people instead of JSON
          OTEL_EXPORTER_OTLP_ENDPOINT  a collector for metrics and traces
        """;

    /// <summary>The tool that writes the OpenAPI document while building runs the program up to its host, and no further.</summary>
    public static bool IsOnlyDescribed =>
        Assembly.GetEntryAssembly()?.GetName().Name is "GetDocument.Insider";

    /// <summary>Whether code shall be written, which needs the host and no database.</summary>
    public static bool IsForCode(string[] args) => args is [WriteHandlers, ..];

    /// <summary>Whether the views shall be rebuilt.</summary>
    public static bool IsRebuild(string[] args) => args is [RebuildViews, ..];

    /// <summary>The archive to be imported; null when none shall be.</summary>
    public static string? ImportOf(string[] args) => args is [Import, var file, ..] ? file : null;

    /// <summary>The archive to look into; null when none shall be.</summary>
    public static string? SandboxOf(string[] args) => args is [Sandbox, var file, ..] ? file : null;

    /// <summary>What is left for the settings when the words of a command are taken away.</summary>
    public static string[] SettingsIn(string[] args) =>
        args switch
        {
            [Import or Sandbox, _, .. var settings] => settings,
            [RebuildViews, .. var settings] => settings,
            _ => args,
        };

    /// <summary>The text and the exit code where nothing has to be started; null where something has.</summary>
    public static (string Text, int ExitCode)? Answer(string[] args) =>
        args switch
        {
            ["--help" or "-h" or "help", ..] => (Help, 0),
            ["--version", ..] => (Version, 0),
            [Import or Sandbox] => ($"Which file?\n\n{Help}", 2),
            [RebuildViews or WriteHandlers or Import or Sandbox, ..] or [] => null,
            [var word, ..] when !word.StartsWith('-') && !word.StartsWith('/') && !word.Contains('=') => (
                $"There is no command '{word}'.\n\n{Help}",
                2
            ),
            _ => null,
        };

    /// <summary>Of this program.</summary>
    public static string Version =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            is { InformationalVersion: var version }
            ? version.Split('+')[0]
            : "unknown";
}
