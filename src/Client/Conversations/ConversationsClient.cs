using System.Net.Http.Json;
using Gateway.Client.History;
using Gateway.Client.Messages;
using Gateway.Client.Wire;

namespace Gateway.Client.Conversations;

/// <summary>What a line of ours and a remote party wrote to each other.</summary>
public sealed class ConversationsClient
{
    private const string Path = "v1/conversations";
    private readonly Road road;

    internal ConversationsClient(Road road) => this.road = road;

    /// <summary>The latest first.</summary>
    /// <param name="unread">Only those with unread texts.</param>
    /// <param name="number">Either side, E.164.</param>
    /// <param name="past">From which point of view; now when left out.</param>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public Listing<Conversation> List(
        bool unread = false,
        string? number = null,
        Past? past = null,
        int? pageSize = null,
        CancellationToken cancellation = default
    ) =>
        road.List(
            () => new Address(Path).With("unread", unread ? "true" : null).With("number", number).With(past),
            pageSize,
            WireJson.Default.PageConversation,
            cancellation
        );

    public Task<Conversation> Read(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}"), WireJson.Default.Conversation, cancellation);

    /// <summary>As it was.</summary>
    public Task<Then<Conversation>> ReadThen(Guid id, Past past, CancellationToken cancellation = default) =>
        road.GetThen(new($"{Path}/{id}"), past, WireJson.Default.Conversation, cancellation);

    /// <summary>What became of it between two moments.</summary>
    /// <param name="to">Now when left out.</param>
    public Task<Difference> Diff(
        Guid id,
        Moment from,
        Moment? to = null,
        CancellationToken cancellation = default
    ) => road.Diff($"{Path}/{id}", from, to, cancellation);

    /// <summary>Its texts, the newest first.</summary>
    /// <param name="past">From which point of view; now when left out.</param>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public Listing<Message> Entries(
        Guid id,
        Past? past = null,
        int? pageSize = null,
        CancellationToken cancellation = default
    ) =>
        road.List(
            () => new Address($"{Path}/{id}/entries").With(past),
            pageSize,
            WireJson.Default.PageMessage,
            cancellation
        );

    /// <summary>Marks it as read.</summary>
    /// <param name="upTo">A position; to the newest entry when left out.</param>
    public Task MarkRead(Guid id, long? upTo = null, CancellationToken cancellation = default) =>
        road.Tell(
            HttpMethod.Post,
            new($"{Path}/{id}/read"),
            JsonContent.Create(new(upTo), WireJson.Default.ReadMark),
            cancellation
        );

    /// <summary>Answers by the same line.</summary>
    /// <param name="idempotencyKey">As for <see cref="MessagesClient.Send(SendMessage, string?, CancellationToken)"/>.</param>
    public Task<AcceptedMessage> Reply(
        Guid id,
        string text,
        bool? deliveryReport = null,
        string? idempotencyKey = null,
        CancellationToken cancellation = default
    ) =>
        road.PostOnce(
            new($"{Path}/{id}/messages"),
            new(text, deliveryReport),
            WireJson.Default.Reply,
            WireJson.Default.AcceptedMessage,
            idempotencyKey,
            cancellation
        );
}
