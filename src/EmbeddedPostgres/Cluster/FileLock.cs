namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>A lock that lives as long as the process that took it, however that ends.</summary>
internal static class FileLock
{
    // What the system says when somebody else holds it: EAGAIN on Linux and macOS, a sharing violation on Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Null when somebody else holds it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Taken.Contains(e.HResult))
        {
            return null;
        }
    }

    /// <summary>Null when it is still held after the wait.</summary>
    public static async Task<FileStream?> Take(string path, TimeSpan wait, CancellationToken ct)
    {
        FileStream? taken = null;
        await Patience.Until(() => (taken = TryTake(path)) is not null, wait, ct);
        return taken;
    }
}
