using System.Reflection;

namespace Gateway.Api.Setup;

/// <summary>What the program is asked to do: serve, rebuild the views, or only say something about itself.</summary>
public static class CommandLine
{
    /// <summary>Rebuilds every view from the events instead of serving.</summary>
    public const string RebuildViews = "rebuild-views";

    /// <summary>Wolverine's own command; with <c>write</c> it writes the code around handlers that a release is built with.</summary>
    public const string WriteHandlers = "codegen";

    private const string Help = """
        Gateway.Api                  serve on http://127.0.0.1:8080, or where ASPNETCORE_URLS says
        Gateway.Api rebuild-views    rebuild every view from the events; the gateway must be stopped
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

    /// <summary>The text and the exit code where nothing has to be started; null where something has.</summary>
    public static (string Text, int ExitCode)? Answer(string[] args) =>
        args switch
        {
            ["--help" or "-h" or "help", ..] => (Help, 0),
            ["--version", ..] => (Version, 0),
            [RebuildViews or WriteHandlers, ..] or [] => null,
            [var word, ..] when !word.StartsWith('-') && !word.StartsWith('/') && !word.Contains('=') => (
                $"There is no command '{word}'.\n\n{Help}",
                2
            ),
            _ => null,
        };

    /// <summary>Of the product, such as <c>0.1.0</c>.</summary>
    public static string Version =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            is { InformationalVersion: var version }
            ? version.Split('+')[0]
            : "unknown";
}
