using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Outbox;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Specs.Outbox;

public sealed class JournalSpecs : IDisposable
{
    private static readonly Guid Message = Guid.Parse("01912d68-783e-7a03-8467-5661c1243ad4");
    private static readonly FakeTimeProvider Time = new();
    private readonly string folder = Directory.CreateTempSubdirectory("journal").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_committed_is_there_after_a_restart()
    {
        Commit(Begun, Said(1, FactKind.PartAccepted), Said(2, FactKind.Settled), new Acknowledged(1));

        using var journal = Open();

        Assert.Equal((2, 1), (journal.Memory.LastN, journal.Memory.Ack));
        Assert.Equal(2, Assert.Single(journal.Memory.Owed).N);
        Assert.Empty(journal.Memory.Open);
        Assert.Equal(FactKind.Settled, journal.Memory.Of(Message).Outcome?.K);
    }

    [Fact]
    public void A_torn_last_write_is_dropped_and_the_rest_stands()
    {
        Commit(Begun, Said(1, FactKind.PartAccepted));
        var whole = File.ReadAllBytes(Segment);
        for (var cut = 1; cut < 60; cut++)
        {
            File.WriteAllBytes(Segment, whole[..^cut]);
            using var journal = Open();
            Assert.Equal(0, journal.Memory.LastN);
            Assert.Single(journal.Memory.Open);
        }
        Commit(Said(1, FactKind.Settled));
        using var again = Open();
        Assert.Empty(again.Memory.Open);
    }

    [Fact]
    public void Damage_in_the_middle_is_refused()
    {
        Commit(Begun);
        Commit(Said(1, FactKind.Settled));
        var octets = File.ReadAllBytes(Segment);
        octets[40] ^= 1;
        File.WriteAllBytes(Segment, octets);

        Assert.Contains("damaged", Assert.Throws<JournalException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compaction_keeps_what_matters_and_lets_the_rest_go()
    {
        using (var journal = Journal.Open(folder, Time, new NoDisk(), mostOctets: 4000))
        {
            Add(journal, Begun with { Of = 2, Reference = 9 }, Said(1, FactKind.PartAccepted));
            Add(journal, Said(2, FactKind.Inbound) with { M = null, Key = "k" });
            Add(journal, Said(3, FactKind.RefusedFence) with { M = Other, F = 4 }, new Acknowledged(3));
            for (var n = 4; n < 200; n++)
            {
                Add(journal, Said(n, FactKind.Alarm) with { M = null }, new Acknowledged(n - 1));
            }
        }

        using var after = Open();

        Assert.NotEqual("seg-00000001.log", Path.GetFileName(Segment));
        Assert.InRange(after.Octets, 1, 4100);
        Assert.Equal((199, 198), (after.Memory.LastN, after.Memory.Ack));
        Assert.Equal(199, Assert.Single(after.Memory.Owed).N);
        Assert.Equal(1, Assert.Single(after.Memory.Open).Left);
        Assert.Equal(9, after.Memory.ReferenceOf("sim1"));
        Assert.Equal(4, after.Memory.Of(Other).RefusedFence);
        Assert.True(after.Memory.HasSeen("k"));
    }

    [Fact]
    public void Old_segments_left_by_a_crash_in_compaction_do_no_harm()
    {
        Commit(Begun, Said(1, FactKind.Settled), new Acknowledged(1));
        var old = File.ReadAllBytes(Segment);
        using (var journal = Journal.Open(folder, Time, new NoDisk(), mostOctets: 1))
        {
            Add(journal, Said(2, FactKind.Alarm) with { M = null });
        }
        File.WriteAllBytes(Path.Combine(folder, "seg-00000001.log"), old);

        using var after = Open();

        Assert.Equal(2, Assert.Single(after.Memory.Owed).N);
        Assert.Equal(FactKind.Settled, after.Memory.Of(Message).Outcome?.K);
    }

    [Fact]
    public void After_a_failed_sync_nothing_more_is_taken()
    {
        var disk = new NoDisk();
        using var journal = Journal.Open(folder, Time, disk);
        disk.IsBroken = true;
        journal.Add(Begun);

        Assert.Throws<JournalException>(journal.CommitNow);
        disk.IsBroken = false;
        Assert.Throws<JournalException>(journal.CommitNow);
    }

    [Fact]
    public void The_real_disk_syncs_files_and_folders_and_says_why_it_cannot()
    {
        using var journal = Journal.Open(folder, Time);
        journal.Add(Begun);
        journal.CommitNow();

        Assert.Contains(
            "errno",
            Assert.Throws<IOException>(() => Disk.Real.SyncFolder("/nowhere")).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xe3069283u)]
    public void The_sum_is_that_of_RFC_3720(string text, uint sum) =>
        Assert.Equal(sum, Crc32C.Of(System.Text.Encoding.ASCII.GetBytes(text)));

    private static Guid Other => Guid.Parse("01912d68-783e-7a03-8467-5661c1243ad5");

    private static Intent Begun { get; } =
        new(Message, 1, "sim1", 1, 1, 0, SubmitStage.Intent, Now, "boot", "hash");

    private static long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    private string Segment => Assert.Single(JournalScan.Segments(folder));

    private static Fact Said(long n, string kind) => new(n, Now, 0, kind, Message, 1, 1, 1);

    private Journal Open() => Journal.Open(folder, Time, new NoDisk());

    private void Commit(params object[] entries)
    {
        using var journal = Open();
        Add(journal, entries);
    }

    private static void Add(Journal journal, params object[] entries)
    {
        foreach (var entry in entries)
        {
            journal.Add(entry);
        }
        journal.CommitNow();
    }
}

/// <summary>A disk that takes everything at once, or fails.</summary>
internal sealed class NoDisk : IDisk
{
    public bool IsBroken { get; set; }

    public void Sync(SafeFileHandle file)
    {
        if (IsBroken)
        {
            throw new IOException("The disk is gone.");
        }
    }

    public void SyncFolder(string folder) { }
}
