using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Gateway.DeviceAgent.Outbox.OnDisk;

/// <summary>
/// What one side owes the other, on disk. Entries are added in memory and become durable together with
/// <see cref="Commit"/>; nothing that follows from an entry may happen before that.
/// </summary>
public sealed class Journal : IDisposable
{
    /// <summary>A longer segment is replaced by its essence.</summary>
    public const int SegmentOctets = 8 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> pending = new(4096);
    private readonly string folder;
    private readonly IDisk disk;
    private readonly TimeProvider time;
    private readonly int mostOctets;
    private long limit;
    private SafeFileHandle file;
    private int segment;
    private ulong next;
    private ulong durable;
    private bool isBroken;

    private Journal(string folder, IDisk disk, TimeProvider time, int mostOctets, JournalScan scan)
    {
        (this.folder, this.disk, this.time, this.mostOctets) = (folder, disk, time, mostOctets);
        limit = mostOctets;
        (next, durable, Octets) = (scan.Next, scan.Next, scan.Good);
        segment = scan.Segment is { } path ? Number(path) : 1;
        file = File.OpenHandle(PathOf(segment), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        foreach (var record in scan.Records)
        {
            if (JournalRecords.Entry(record) is { } entry)
            {
                Memory.Apply(entry);
            }
        }
    }

    /// <summary>What all entries add up to, those included that are not durable yet.</summary>
    public JournalMemory Memory { get; } = new();

    /// <summary>Octets of the segment in use.</summary>
    public long Octets { get; private set; }

    /// <summary>Octets a crash had cut short and which were dropped at the start.</summary>
    public long Dropped { get; private init; }

    /// <summary>Something was added that others wait for.</summary>
    public bool NeedsCommit { get; private set; }

    /// <exception cref="JournalException">It is damaged other than at its very end.</exception>
    public static Journal Open(
        string folder,
        TimeProvider time,
        IDisk? disk = null,
        int mostOctets = SegmentOctets
    )
    {
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.GetFiles(folder, "seg-*.new"))
        {
            File.Delete(left);
        }
        var scan = JournalScan.Of(folder);
        var journal = new Journal(folder, disk ?? Disk.Real, time, mostOctets, scan) { Dropped = scan.Torn };
        journal.Settle(scan);
        return journal;
    }

    /// <summary>Adds an entry to the memory and to the next commit; an acknowledgement can wait for that.</summary>
    public void Add(object entry)
    {
        NeedsCommit |= entry is not Acknowledged;
        JournalRecords.Write(pending, next++, entry);
        Memory.Apply(entry);
    }

    /// <summary>Writes and syncs all added entries: one write, one sync. The caller adds nothing meanwhile.</summary>
    /// <exception cref="JournalException">They may or may not be on disk; the journal takes no more.</exception>
    public Task Commit() => pending.WrittenCount > 0 ? DiskThreads.Run(CommitNow) : Task.CompletedTask;

    public void CommitNow()
    {
        if (isBroken)
        {
            throw new JournalException("The journal failed before and takes no more entries.");
        }
        // After a failed sync the kernel may call the pages clean: a second try would prove nothing.
        isBroken = true;
        try
        {
            Write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(failure.Message, failure);
        }
        (isBroken, NeedsCommit, durable) = (false, false, next);
    }

    public void Dispose() => file.Dispose();

    private void Write()
    {
        if (Octets + pending.WrittenCount > limit && Octets > 0)
        {
            Compact();
            return;
        }
        RandomAccess.Write(file, pending.WrittenSpan, Octets);
        disk.Sync(file);
        Octets += pending.WrittenCount;
        pending.ResetWrittenCount();
    }

    /// <summary>A new segment begins with the essence of all before it; only then the old ones go.</summary>
    private void Compact()
    {
        // The pending entries are in the memory already; their numbers are taken by the essence.
        next = durable;
        pending.ResetWrittenCount();
        foreach (var entry in Memory.Essence(time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            JournalRecords.Write(pending, next++, entry);
        }
        var old = JournalScan.Segments(folder);
        var (path, draft) = (PathOf(segment + 1), Path.ChangeExtension(PathOf(segment + 1), ".new"));
        var fresh = File.OpenHandle(
            draft,
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.Read | FileShare.Delete
        );
        RandomAccess.Write(fresh, pending.WrittenSpan, 0);
        disk.Sync(fresh);
        File.Move(draft, path);
        disk.SyncFolder(folder);
        file.Dispose();
        (file, segment, Octets) = (fresh, segment + 1, pending.WrittenCount);
        pending.ResetWrittenCount();
        // An essence that is long itself must not be written again and again.
        limit = Math.Max(mostOctets, 2 * Octets);
        foreach (var segmentPath in old)
        {
            File.Delete(segmentPath);
        }
    }

    private void Settle(JournalScan scan)
    {
        if (scan.Torn > 0)
        {
            RandomAccess.SetLength(file, scan.Good);
        }
        disk.Sync(file);
        disk.SyncFolder(folder);
    }

    private string PathOf(int number) => Path.Combine(folder, $"seg-{number:00000000}.log");

    private static int Number(string path) =>
        int.Parse(
            Path.GetFileNameWithoutExtension(path).AsSpan(4),
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
}
