namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>The server's log from the moment on at which this was made.</summary>
internal sealed class ServerLog(string path)
{
    private const int Enough = 12;

    private readonly long start = File.Exists(path) ? new FileInfo(path).Length : 0;

    public string End()
    {
        if (!File.Exists(path))
        {
            return "(no log)";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(Math.Min(start, file.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd() is { Length: > 0 } text ? LastLines(text) : "(nothing new)";
    }

    public static string LastLines(string text) =>
        string.Join('\n', text.Trim().Split('\n').TakeLast(Enough));
}
