using System.Net.Http.Json;
using Gateway.Client.History;
using Gateway.Client.Wire;

namespace Gateway.Client.Messages;

/// <summary>Send texts and read what became of them.</summary>
public sealed class MessagesClient
{
    private const string Path = "v1/messages";
    private readonly Road road;

    internal MessagesClient(Road road) => this.road = road;

    /// <inheritdoc cref="Send(SendMessage, string?, CancellationToken)" />
    public Task<AcceptedMessage> Send(
        string to,
        string text,
        string? idempotencyKey = null,
        CancellationToken cancellation = default
    ) => Send(new(to, text), idempotencyKey, cancellation);

    /// <summary>Answers after the order is durable.</summary>
    /// <param name="idempotencyKey">
    /// At most 200 characters. The same key with the same text is the same message, however often it is asked; only with one
    /// does this client try again when the answer is lost.
    /// </param>
    public Task<AcceptedMessage> Send(
        SendMessage message,
        string? idempotencyKey = null,
        CancellationToken cancellation = default
    ) =>
        road.PostOnce(
            new(Path),
            message,
            WireJson.Default.SendMessage,
            WireJson.Default.AcceptedMessage,
            idempotencyKey,
            cancellation
        );

    /// <summary>What would happen, without sending or storing anything.</summary>
    public Task<DryRun> Try(SendMessage message, CancellationToken cancellation = default) =>
        road.Post(
            new Address(Path).With("dryRun", "true"),
            JsonContent.Create(message, WireJson.Default.SendMessage),
            WireJson.Default.DryRun,
            cancellation
        );

    /// <summary>Stops a message that has not left.</summary>
    public Task Cancel(Guid id, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Post, new($"{Path}/{id}/cancel"), null, cancellation);

    /// <summary>Settles the doubt about a message, or has it sent once more in spite of it.</summary>
    /// <param name="verdict">One of <see cref="DoubtVerdict"/>.</param>
    /// <param name="note">Why; it stays with the message for good.</param>
    public Task Resolve(
        Guid id,
        string verdict,
        string? note = null,
        CancellationToken cancellation = default
    ) =>
        road.Tell(
            HttpMethod.Post,
            new($"{Path}/{id}/resolve"),
            JsonContent.Create(new(verdict, note), WireJson.Default.DoubtAnswer),
            cancellation
        );

    /// <summary>The newest first. The list may trail by moments; <see cref="Read"/> never does.</summary>
    /// <param name="past">From which point of view; now when left out.</param>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public Listing<Message> List(
        MessageFilter? filter = null,
        Past? past = null,
        int? pageSize = null,
        CancellationToken cancellation = default
    ) => road.List(() => Narrowed(filter).With(past), pageSize, WireJson.Default.PageMessage, cancellation);

    /// <summary>As it stands, up to its last fact.</summary>
    public Task<Message> Read(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}"), WireJson.Default.Message, cancellation);

    /// <summary>As it stood then.</summary>
    public Task<Then<Message>> ReadThen(Guid id, Past past, CancellationToken cancellation = default) =>
        road.GetThen(new($"{Path}/{id}"), past, WireJson.Default.Message, cancellation);

    /// <summary>As it stood after so many facts of its own, counted from 1.</summary>
    public Task<Message> ReadVersion(Guid id, long version, CancellationToken cancellation = default) =>
        road.Get(
            new Address($"{Path}/{id}").With("version", version),
            WireJson.Default.Message,
            cancellation
        );

    /// <summary>Every fact of one message, in order.</summary>
    public Task<IReadOnlyList<Fact>> Events(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}/events"), WireJson.Default.IReadOnlyListFact, cancellation);

    /// <summary>Why it is as it is: its story, what its devices did meanwhile among it.</summary>
    public Task<MessageStory> Why(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}/why"), WireJson.Default.MessageStory, cancellation);

    /// <summary>What became of it between two moments.</summary>
    /// <param name="to">Now when left out.</param>
    public Task<Difference> Diff(
        Guid id,
        Moment from,
        Moment? to = null,
        CancellationToken cancellation = default
    ) => road.Diff($"{Path}/{id}", from, to, cancellation);

    private static Address Narrowed(MessageFilter? filter) =>
        new Address(Path)
            .With("status", filter?.Status)
            .With("number", filter?.Number)
            .With("device", filter?.Device)
            .With("tag", filter?.Tag)
            .With("direction", filter?.Direction)
            .With("since", filter?.Since)
            .With("until", filter?.Until);
}
