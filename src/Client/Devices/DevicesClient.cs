using System.Globalization;
using System.Net.Http.Json;
using Gateway.Client.History;
using Gateway.Client.Wire;

namespace Gateway.Client.Devices;

/// <summary>Phones and modems.</summary>
public sealed class DevicesClient
{
    private const string Path = "v1/devices";
    private readonly Road road;

    internal DevicesClient(Road road) => this.road = road;

    public Task<IReadOnlyList<Device>> List(CancellationToken cancellation = default) =>
        road.Get(new(Path), WireJson.Default.IReadOnlyListDevice, cancellation);

    /// <summary>As they were; without what routing knows of them while they are connected.</summary>
    public Task<Then<IReadOnlyList<Device>>> ListThen(Past past, CancellationToken cancellation = default) =>
        road.GetThen(new(Path), past, WireJson.Default.IReadOnlyListDevice, cancellation);

    public Task<Device> Read(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}"), WireJson.Default.Device, cancellation);

    /// <summary>As it was; without what routing knows of it while it is connected.</summary>
    public Task<Then<Device>> ReadThen(Guid id, Past past, CancellationToken cancellation = default) =>
        road.GetThen(new($"{Path}/{id}"), past, WireJson.Default.Device, cancellation);

    /// <summary>What became of it between two moments.</summary>
    /// <param name="to">Now when left out.</param>
    public Task<Difference> Diff(
        Guid id,
        Moment from,
        Moment? to = null,
        CancellationToken cancellation = default
    ) => road.Diff($"{Path}/{id}", from, to, cancellation);

    /// <summary>What it said of its health on one day.</summary>
    /// <param name="day">In UTC; today when left out.</param>
    public Task<IReadOnlyList<DeviceHealth>> Health(
        Guid id,
        DateOnly? day = null,
        CancellationToken cancellation = default
    ) => road.Get(HealthOf(id, day), WireJson.Default.IReadOnlyListDeviceHealth, cancellation);

    /// <summary>The same, as it was known then.</summary>
    /// <param name="day">In UTC; today when left out.</param>
    public Task<Then<IReadOnlyList<DeviceHealth>>> HealthThen(
        Guid id,
        Past past,
        DateOnly? day = null,
        CancellationToken cancellation = default
    ) => road.GetThen(HealthOf(id, day), past, WireJson.Default.IReadOnlyListDeviceHealth, cancellation);

    /// <summary>Every fact of its life, in order.</summary>
    public Task<IReadOnlyList<Fact>> Events(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}/events"), WireJson.Default.IReadOnlyListFact, cancellation);

    /// <summary>Makes a code that lets one device in.</summary>
    public Task<PairingCode> Pair(CancellationToken cancellation = default) =>
        road.Post(new($"{Path}/pairing-codes"), null, WireJson.Default.PairingCode, cancellation);

    /// <summary>Gives it no more work.</summary>
    /// <param name="reason">For the record.</param>
    public Task Pause(Guid id, string? reason = null, CancellationToken cancellation = default) =>
        road.Tell(
            HttpMethod.Post,
            new($"{Path}/{id}/pause"),
            JsonContent.Create(new(reason), WireJson.Default.ForTheRecord),
            cancellation
        );

    /// <summary>Gives it work again.</summary>
    public Task Resume(Guid id, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Post, new($"{Path}/{id}/resume"), null, cancellation);

    /// <summary>Takes it out of the fleet for good.</summary>
    public Task Retire(Guid id, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Delete, new($"{Path}/{id}"), null, cancellation);

    private static Address HealthOf(Guid id, DateOnly? day) =>
        new Address($"{Path}/{id}/health").With("day", day?.ToString("O", CultureInfo.InvariantCulture));
}
