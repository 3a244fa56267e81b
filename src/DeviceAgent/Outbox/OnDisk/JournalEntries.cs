using System.Text.Json.Serialization;
using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox.OnDisk;

/// <summary>What a record of the journal is about; stored as one octet, so numbers are for ever.</summary>
public enum EntryKind : byte
{
    /// <summary>A <see cref="DeviceProtocol.Fact"/> owed to the gateway.</summary>
    Fact = 1,

    /// <summary>An <see cref="Modem.Intent"/>: from here on a part may leave.</summary>
    Intent = 2,

    /// <summary>A <see cref="StageReached"/>.</summary>
    Stage = 3,

    /// <summary>An <see cref="Acknowledged"/>.</summary>
    Acknowledged = 4,

    /// <summary>A <see cref="Counters"/> at the head of a compacted segment: everything before it is void.</summary>
    Counters = 5,

    /// <summary>A <see cref="Remembered"/> message, after compaction.</summary>
    Remembered = 6,

    /// <summary>An <see cref="InboundSeen"/>, after compaction.</summary>
    InboundSeen = 7,
}

/// <summary>A submission passed a stage.</summary>
public sealed record StageReached(Guid M, int F, int Part, SubmitStage Stage);

/// <summary>The gateway has committed all facts up to <paramref name="N"/>.</summary>
public sealed record Acknowledged(long N);

/// <summary>The numbers that must never go back.</summary>
/// <param name="LastN">The highest fact number used.</param>
/// <param name="References">The last concatenation reference, per SIM.</param>
public sealed record Counters(long LastN, long Ack, IReadOnlyDictionary<string, int> References);

/// <summary>An inbound text that was taken; the same key again is the same text.</summary>
/// <param name="At">Unix milliseconds by the device's clock.</param>
public sealed record InboundSeen(string Key, long At);

/// <summary>What is known for good about one message.</summary>
/// <param name="Fence">The highest fence submitted or refused.</param>
/// <param name="RefusedFence">Never to be submitted with this fence or a lower one; 0 for none.</param>
/// <param name="Intent">The last submission, with the stage it reached; null when there was none.</param>
/// <param name="Left">Parts of it that the network accepted.</param>
/// <param name="Outcome">The fact that closed it; null while the intent is open.</param>
/// <param name="At">Unix milliseconds of the last change.</param>
public sealed record Remembered(
    Guid M,
    int Fence = 0,
    int RefusedFence = 0,
    Intent? Intent = null,
    int Left = 0,
    Fact? Outcome = null,
    long At = 0
)
{
    /// <summary>Something began and nobody recorded its end.</summary>
    [JsonIgnore]
    public bool IsOpen => Intent is not null && Outcome is null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Fact))]
[JsonSerializable(typeof(Intent))]
[JsonSerializable(typeof(StageReached))]
[JsonSerializable(typeof(Acknowledged))]
[JsonSerializable(typeof(Counters))]
[JsonSerializable(typeof(Remembered))]
[JsonSerializable(typeof(InboundSeen))]
internal sealed partial class JournalJson : JsonSerializerContext;
