using System.Globalization;
using Gateway.Client.Wire;

namespace Gateway.Client.History;

/// <summary>A place in the log, by when the gateway learned something.</summary>
public readonly record struct Moment
{
    private readonly string? text;

    private Moment(string text) => this.text = text;

    /// <summary>The last fact recorded by then.</summary>
    public static Moment At(DateTimeOffset instant) => new(Address.Moment(instant));

    /// <summary>The fact at this position, as <see cref="Then{T}.Position"/> or <see cref="Fact.Position"/> says it.</summary>
    public static Moment At(long position) => new(position.ToString(CultureInfo.InvariantCulture));

    /// <summary>Just before this fact.</summary>
    /// <param name="fact">As <see cref="Fact.Id"/> says it.</param>
    public static Moment Before(Guid fact) => new($"before:{fact}");

    /// <summary>As the gateway reads it.</summary>
    public override string ToString() => text ?? "";
}

/// <summary>From which point of view something is read, by two clocks that may be combined.</summary>
/// <param name="AsOf">By when it was learned; what was recorded later is left out, so the answer never changes.</param>
/// <param name="HappenedBy">By when it happened: what is known by now of the time until then.</param>
public sealed record Past(Moment? AsOf = null, DateTimeOffset? HappenedBy = null);

/// <summary>What was answered about the past.</summary>
/// <param name="Position">
/// The position of the log that it rests on; asking for it gives the same answer for ever. Null when no
/// <see cref="Past.AsOf"/> was given.
/// </param>
public sealed record Then<T>(T Item, long? Position);
