using System.Security.Cryptography;

namespace Gateway.Api.Audit.Exports;

/// <summary>The file of an export can't be written.</summary>
/// <param name="reason">As it stands in <c>export_failed</c>.</param>
public sealed class ExportFileException(string reason, Exception inner) : Exception(inner.Message, inner)
{
    public string Reason => reason;
}

/// <summary>A file that has its name only when it is whole and on the disk.</summary>
public sealed class ExportFile : IDisposable
{
    /// <summary>What is added to the name until then.</summary>
    public const string Part = ".part";

    /// <summary>Error numbers of Linux: no space, beyond the quota, beyond the largest size.</summary>
    private static readonly int[] Full = [28, 122, 27];

    private readonly string path;
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ExportFile(string path, FileStream file) => (this.path, this.file) = (path, file);

    /// <summary>Written so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Of what was written, lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Begins anew, whatever an earlier try left; only the gateway's account may read it.</summary>
    /// <exception cref="ExportFileException">It can't.</exception>
    public static ExportFile Create(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
            };
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                Directory.CreateDirectory(folder, options.UnixCreateMode.Value | UnixFileMode.UserExecute);
            }

            File.Delete(path + Part);
            return new ExportFile(path, new(path + Part, options));
        }
        catch (Exception broken) when (IsOfTheDisk(broken))
        {
            throw Failed(broken);
        }
    }

    /// <exception cref="ExportFileException">It can't.</exception>
    public async Task Write(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await file.WriteAsync(bytes);
        }
        catch (Exception broken) when (IsOfTheDisk(broken))
        {
            throw Failed(broken);
        }

        hash.AppendData(bytes.Span);
        Bytes += bytes.Length;
    }

    /// <summary>Has everything written to the disk, then gives the file its name.</summary>
    /// <exception cref="ExportFileException">It can't.</exception>
    public void Complete()
    {
        try
        {
            file.Flush(flushToDisk: true);
            file.Dispose();
            File.Move(path + Part, path, overwrite: true);
        }
        catch (Exception broken) when (IsOfTheDisk(broken))
        {
            throw Failed(broken);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private static bool IsOfTheDisk(Exception broken) => broken is IOException or UnauthorizedAccessException;

    private static ExportFileException Failed(Exception broken) =>
        new(Full.Contains(broken.HResult) ? "disk_is_full" : "folder_is_not_writable", broken);
}
