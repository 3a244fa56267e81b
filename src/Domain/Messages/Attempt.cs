using System.Collections.Immutable;
using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>One try to send a message: everything known under one fence. Facts may come in any order.</summary>
/// <param name="Fence">Counted from 1.</param>
/// <param name="Device">Null until its dispatch is known.</param>
/// <param name="Conversation">The thread it went out in; empty until its dispatch is known.</param>
/// <param name="LeaseEnds">Null until its dispatch is known.</param>
/// <param name="ResendAuthorised">Somebody decided that it be followed by another, though it may have left.</param>
/// <param name="Accepted">Segments the network took. Empty for a text of one segment, whose facts are of the whole.</param>
/// <param name="Confirmed">Segments with a positive delivery report.</param>
/// <param name="Lost">Segments with a negative delivery report.</param>
/// <param name="References">TP-MR of each segment, 0 to 255.</param>
public sealed record Attempt(
    int Fence,
    Guid? Device,
    string Sim,
    Guid Conversation,
    Instant? LeaseEnds,
    Instant? ClaimedAt,
    bool Returned,
    bool NeverLeft,
    bool Sent,
    bool Delivered,
    bool Undelivered,
    bool Failed,
    bool Partial,
    bool Doubted,
    bool DoubtedByDevice,
    string? DoubtResolved,
    bool ResendAuthorised,
    ImmutableSortedSet<int> Accepted,
    ImmutableSortedSet<int> Confirmed,
    ImmutableSortedSet<int> Lost,
    ImmutableSortedDictionary<int, int> References
)
{
    /// <summary>An attempt of which nothing is known yet.</summary>
    public static Attempt Unknown(int fence) =>
        new(
            fence,
            null,
            "",
            Guid.Empty,
            null,
            null,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            null,
            false,
            [],
            [],
            [],
            ImmutableSortedDictionary<int, int>.Empty
        );

    /// <summary>Whether the device was told that it may submit.</summary>
    public bool Claimed => ClaimedAt is not null;

    /// <summary>Whether anything final is known about it.</summary>
    public bool IsSettled =>
        Sent || Failed || Delivered || Undelivered || Returned || DoubtResolved is not null;

    /// <summary>Whether a device holds it and may still claim it.</summary>
    public bool IsLeased => Device is not null && !Claimed && !IsSettled && !Doubted;

    /// <summary>Whether it was claimed and no outcome is known.</summary>
    public bool IsOpen => Claimed && !IsSettled && !Doubted;

    /// <summary>Whether it is unknown if it left.</summary>
    public bool IsInDoubt => Doubted && !IsSettled;
}
