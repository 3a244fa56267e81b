using NodaTime;

namespace Gateway.Api.Audit.Exports;

/// <summary>Where the files of exports lie, and for how long.</summary>
public sealed class ExportFolder(IConfiguration configuration)
{
    private readonly string folder = Path.GetFullPath(
        configuration["Audit:ExportFolder"] is { Length: > 0 } given ? given : "data/exports"
    );

    /// <summary>How long a file is kept.</summary>
    public Duration Kept { get; } = Duration.FromDays(configuration.GetValue("Audit:ExportDays", 7));

    /// <summary>The file of an export, whether it is there or not.</summary>
    public string PathOf(Guid id, string format) => Path.Combine(folder, $"{id}.{format}");

    /// <summary>Takes away all that there is of an export.</summary>
    public void Delete(Guid id, string format)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(PathOf(id, format));
            File.Delete(PathOf(id, format) + ExportFile.Part);
        }
    }

    /// <summary>
    /// Takes away what nobody knows any more, such as what a gateway left that never came back. Only what has the name of an
    /// export and is older than any can be: another gateway's may lie here too.
    /// </summary>
    public void Sweep(IReadOnlySet<Guid> open, Instant now)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var oldest = now - Kept - Duration.FromDays(1);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            var name = file.Name.EndsWith(ExportFile.Part, StringComparison.Ordinal)
                ? file.Name[..^ExportFile.Part.Length]
                : file.Name;
            if (
                Path.GetExtension(name) is ".jsonl" or ".csv"
                && Guid.TryParseExact(Path.GetFileNameWithoutExtension(name), "D", out var id)
                && !open.Contains(id)
                && Instant.FromDateTimeUtc(file.LastWriteTimeUtc) < oldest
            )
            {
                file.Delete();
            }
        }
    }
}
