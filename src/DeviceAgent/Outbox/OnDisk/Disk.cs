using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gateway.DeviceAgent.Outbox.OnDisk;

/// <summary>Makes what was written survive a power cut, and says so when it can't.</summary>
public interface IDisk
{
    /// <exception cref="IOException">It isn't on the disk.</exception>
    void Sync(SafeFileHandle file);

    /// <summary>The folder's entries: new and renamed files.</summary>
    /// <exception cref="IOException">They aren't on the disk.</exception>
    void SyncFolder(string folder);
}

/// <summary>The real one. The base library's flush drops the error of <c>fsync</c>, so it is called directly.</summary>
public sealed partial class Disk : IDisk
{
    private const int ReadOnly = 0;

    public static Disk Real { get; } = new();

    public void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        Check(fsync(file), "The journal can't be written to disk");
    }

    public void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var descriptor = open(folder, ReadOnly);
        Check(descriptor < 0 ? -1 : 0, "The journal's folder can't be opened");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Check(fsync(handle), "The journal's folder can't be written to disk");
    }

    private static void Check(int result, string complaint)
    {
        if (result != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new IOException($"{complaint}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}

/// <summary>
/// A few threads that do nothing but write: hundreds of journals in one process must not hold up the thread pool.
/// </summary>
internal static class DiskThreads
{
    private const int Count = 8;

    private static readonly System.Collections.Concurrent.BlockingCollection<Action> Work = Begin();

    /// <summary>Runs it there; the task fails as it fails.</summary>
    internal static Task Run(Action write)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                write();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    private static System.Collections.Concurrent.BlockingCollection<Action> Begin()
    {
        var work = new System.Collections.Concurrent.BlockingCollection<Action>();
        for (var i = 0; i < Count; i++)
        {
            new Thread(() =>
            {
                foreach (var write in work.GetConsumingEnumerable())
                {
                    write();
                }
            })
            {
                IsBackground = true,
                Name = "journal",
            }.Start();
        }
        return work;
    }
}
