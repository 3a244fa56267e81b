using Gateway.Cli.Showing;
using Gateway.Client.Audit;
using Gateway.Client.History;

namespace Gateway.Cli.Audit;

/// <summary>How exports are shown.</summary>
public static class ExportSheets
{
    public static Sheet<Export> Exports { get; } =
        new(
            "Nothing was ever exported.",
            export => export.Id.ToString(),
            [
                new("Id", export => export.Id.ToString()),
                new("Status", export => export.Status, Style: export => Words.Colour(export.Status)),
                new("Format", export => export.Format),
                new("Asked", export => Words.Of(export.AskedAt)),
                new("Facts", export => Words.Many(export.Progress.Facts)),
                new("Bytes", export => Words.Many(export.Progress.Bytes)),
                new("Of", export => Narrowed(export.Filters), Wraps: true),
                new("Error", export => export.Error, Wraps: true),
            ]
        );

    public static Sheet<ExportManifest> Manifests { get; } =
        new(
            "",
            manifest => manifest.Id.ToString(),
            [
                new("Id", manifest => manifest.Id.ToString()),
                new("Facts", manifest => Words.Many(manifest.Facts)),
                new("Bytes", manifest => Words.Many(manifest.Bytes)),
                new("Sha-256", manifest => manifest.Sha256),
            ]
        );

    /// <summary>Such as <c>writing 41,000 facts, 62 %</c>.</summary>
    public static string Progress(Export export)
    {
        var now = export.Progress;
        return now.Position <= export.After
            ? "waiting …"
            : $"writing {Words.Many(now.Facts)} facts, {Percent(now.Position - export.After, export.UpTo - export.After)}";
    }

    /// <summary>Such as <c>fetching 60 % of 1,204,113 bytes</c>; it changes with every tenth.</summary>
    public static string Progress(ExportManifest manifest, long bytes) =>
        $"fetching {Percent(bytes * 10 / manifest.Bytes, 10)} of {Words.Many(manifest.Bytes)} bytes";

    private static string Percent(long part, long whole) => $"{Words.Of(part * 100 / whole)} %";

    private static string Narrowed(FactFilter filter) =>
        Words.Of(
            new[]
            {
                filter.Number,
                filter.Actor,
                Words.Of(filter.Types),
                filter.Stream?.ToString(),
                filter.Correlation,
                filter.Device?.ToString(),
                filter.Since is { } since ? $"since {Words.Of(since)}" : null,
                filter.Until is { } until ? $"until {Words.Of(until)}" : null,
            }.Where(word => !string.IsNullOrEmpty(word))!
        );
}
